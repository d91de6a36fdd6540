import { isMac, type Mac } from '../../wire/mac.ts';

/** What a file is to one of these phones, by its name alone. */
export type FileKind =
  | 'trust-list'
  | 'identity-list'
  | 'phone'
  | 'default'
  | 'loads'
  /** `term41.default.loads`: what boot code asks for that has nothing to run. */
  | 'default-loads'
  | 'component'
  | 'other';

export type FileName = {
  readonly kind: FileKind;
  /** Without folders. */
  readonly name: string;
  /** Without the extension. */
  readonly stem: string;
  readonly mac?: Mac;
};

const withMac = /^(CTLSEP|ITLSEP|SEP)([0-9A-F]{12})(\.tlv|\.cnf\.xml(?:(?:\.enc)?\.sgn)?)$/i;

const withoutMac: readonly (readonly [pattern: RegExp, kind: FileKind])[] = [
  [/^(CTL|ITL)File\.tlv$/i, 'identity-list'],
  [/^XMLDefault\.cnf\.xml$/i, 'default'],
  [/^term\d\d\.default\.loads$/i, 'default-loads'],
  [/\.loads$/i, 'loads'],
  [/\.sbn$/i, 'component'],
];

export function fileName(path: string): FileName {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const [, prefix = '', digits = '', extension = ''] = withMac.exec(name) ?? [];
  const mac = digits.toUpperCase();
  const stem = name.replace(/\.[^.]*$/, '');
  if (!isMac(mac) || /^SEP$/i.test(prefix) === /tlv/i.test(extension))
    return { kind: withoutMac.find(([pattern]) => pattern.test(name))?.[1] ?? 'other', name, stem };
  return { kind: kindOf(prefix.toUpperCase()), name, stem, mac };
}

function kindOf(prefix: string): FileKind {
  if (prefix === 'SEP') return 'phone';
  return prefix === 'CTLSEP' ? 'trust-list' : 'identity-list';
}

/** What a library holds. */
export const firmwareKinds: readonly FileKind[] = ['loads', 'default-loads', 'component'];

export const configurationKinds: readonly FileKind[] = [
  ...(['trust-list', 'identity-list', 'phone', 'default'] as const),
];
