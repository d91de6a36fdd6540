import { isMac, type Mac } from '../../wire/mac.ts';

/** Every file that carries a MAC: its kind and the MAC. Upper and lower case are both met. */
const withMac = /^(CTLSEP|SEP|SIP|MGC)([0-9A-F]{12})(\.tlv|\.cnf\.xml|\.cnf)$/i;

const kinds = {
  CTLSEP: 'trust-list',
  SEP: 'sccp-phone',
  SIP: 'sip-phone',
  MGC: 'mgcp-phone',
} as const;

// Maps, because phones and others choose the names that are looked up.
const common: ReadonlyMap<string, FileKind> = new Map([
  ['os79xx.txt', 'boot-text'],
  ['xmldefault.cnf.xml', 'sccp-default'],
  ['sipdefault.cnf', 'sip-default'],
  ['mgcdefault.cnf', 'mgcp-default'],
]);

const extensions: ReadonlyMap<string, FileKind> = new Map([
  ['loads', 'loads'],
  ['sb2', 'application-image'],
  ['sbn', 'image'],
  ['bin', 'image'],
]);

/** What a file is to a 7940/7960, by its name alone. */
export type FileKind =
  | (typeof kinds)[keyof typeof kinds]
  | 'boot-text'
  | 'sccp-default'
  | 'sip-default'
  | 'mgcp-default'
  | 'loads'
  | 'image'
  | 'application-image'
  | 'other';

/** What a library holds; an OS79XX.TXT of a package would be one for all phones. */
export const firmwareKinds: readonly FileKind[] = ['loads', 'image', 'application-image'];

export const configurationKinds: readonly FileKind[] = [
  ...(['boot-text', 'trust-list', 'sccp-phone', 'sccp-default'] as const),
  ...(['sip-phone', 'sip-default', 'mgcp-phone', 'mgcp-default'] as const),
];

export type FileName = {
  readonly kind: FileKind;
  /** Without folders. */
  readonly name: string;
  /** Without the extension. */
  readonly stem: string;
  readonly mac?: Mac;
};

/** The last part of the path decides: tftp_cfg_dir may put folders before it. */
export function fileName(path: string): FileName {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const match = withMac.exec(name);
  if (match) {
    const prefix = (match[1] ?? '').toUpperCase() as keyof typeof kinds;
    const mac = (match[2] ?? '').toUpperCase();
    if (isMac(mac)) return { kind: kinds[prefix], name, stem: name, mac };
  }
  const dot = name.lastIndexOf('.');
  const extension = name.slice(dot + 1).toLowerCase();
  const kind = common.get(name.toLowerCase()) ?? extensions.get(extension);
  return { kind: kind ?? 'other', name, stem: dot < 0 ? name : name.slice(0, dot) };
}
