import { isMac, type Mac } from '../../../wire/mac.ts';

/** What a file is to a Cisco phone, by its name. */
export type FileRole =
  | 'boot-text'
  | 'sip-default'
  | 'sip-phone'
  | 'mgcp-default'
  | 'mgcp-phone'
  | 'sep'
  | 'xml-default'
  | 'trust-list'
  | 'ring-list'
  | 'ring'
  | 'loads'
  | 'image'
  /** What it is for, its root element says. */
  | 'xml'
  /** No phone asks for it. */
  | 'other';

/** How a name departs from what phones ask for. */
export type NameFault = {
  readonly code:
    | 'file-name-case'
    | 'file-name-letter-o'
    | 'file-name-mac'
    | 'file-name-placeholder'
    | 'file-name-extension'
    | 'file-name-txt'
    | 'file-name-leftover';
  readonly text: string;
  /** The name that is asked for. */
  readonly to?: string;
};

export type NamedFile = {
  /** Undefined where no phone asks for the name and it is not worth while to look inside. */
  readonly role?: FileRole;
  readonly mac?: Mac;
  readonly fault?: NameFault;
};

type PhoneFile = { readonly prefix: string; readonly extension: string; readonly role: FileRole };

const phoneFiles: readonly PhoneFile[] = [
  { prefix: 'CTLSEP', extension: '.tlv', role: 'trust-list' },
  { prefix: 'ITLSEP', extension: '.tlv', role: 'trust-list' },
  { prefix: 'SEP', extension: '.cnf.xml', role: 'sep' },
  { prefix: 'SIP', extension: '.cnf', role: 'sip-phone' },
  { prefix: 'MGC', extension: '.cnf', role: 'mgcp-phone' },
];

const commonFiles: ReadonlyMap<string, readonly [name: string, role: FileRole]> = new Map(
  (
    [
      ['OS79XX.TXT', 'boot-text'],
      ['SIPDefault.cnf', 'sip-default'],
      ['MGCDefault.cnf', 'mgcp-default'],
      ['XMLDefault.cnf.xml', 'xml-default'],
      ['RINGLIST.DAT', 'ring-list'],
      ['Ringlist.xml', 'xml'],
      ['syncinfo.xml', 'xml'],
    ] as const
  ).map((entry) => [entry[0].toLowerCase(), entry]),
);

const byExtension: ReadonlyMap<string, FileRole> = new Map([
  ['loads', 'loads'],
  ['bin', 'image'],
  ['sbn', 'image'],
  ['sb2', 'image'],
  ['raw', 'ring'],
  ['xml', 'xml'],
]);

/** Text that belongs to a phone's file, whatever stands around it. */
const phoneFileText =
  /^(?:(?:CTL|ITL)?SEP|SIP|MGC)(?:.*\.(?:cnf|tlv)|[0-9A-F]{12}\.xml$)|^XMLDefault.*\.cnf|\.cnf\.xml$|^OS79XX|^RINGLIST\.DAT/i;

/** Undefined for a file that no rule is about. */
export function namedFile(name: string): NamedFile | undefined {
  const common = commonFiles.get(name.toLowerCase());
  if (common) return commonFile(name, ...common);
  const phoneFile = phoneFiles.find(
    ({ prefix, extension }) =>
      startsWith(name, prefix) && name.slice(-extension.length).toLowerCase() === extension,
  );
  if (phoneFile) return ofPhone(name, phoneFile);
  if (phoneFileText.test(name)) return strangeName(name);
  const role = byExtension.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
  return role && { role };
}

function startsWith(name: string, prefix: string): boolean {
  return name.slice(0, prefix.length).toUpperCase() === prefix;
}

function commonFile(name: string, asked: string, role: FileRole): NamedFile {
  if (name === asked) return { role };
  return { role, fault: { code: 'file-name-case', text: `phones ask for ${asked}`, to: asked } };
}

function ofPhone(name: string, { prefix, extension, role }: PhoneFile): NamedFile | undefined {
  const middle = name.slice(prefix.length, -extension.length);
  const whole = (mac: string) => `${prefix}${mac}${extension}`;
  const upper = middle.toUpperCase();
  if (isMac(upper)) {
    if (/^(.)\1*$/.test(upper)) return { role, fault: placeholder(prefix) };
    if (name === whole(upper)) return { role, mac: upper };
    const text = `phones ask for ${whole(upper)}: prefix and MAC in upper, extension in lower case`;
    return { role, mac: upper, fault: { code: 'file-name-case', text, to: whole(upper) } };
  }
  const zeros = upper.replaceAll('O', '0');
  if (isMac(zeros)) {
    const text = `the MAC has the letter O where a zero belongs; phones ask for ${whole(zeros)}`;
    return { role, mac: zeros, fault: { code: 'file-name-letter-o', text, to: whole(zeros) } };
  }
  const digits = upper.replace(/[-:._ ]/g, '');
  if (isMac(digits) && /^[0-9A-F]{2}/.test(upper)) {
    const text = `the MAC is written without anything between its digits: ${whole(digits)}`;
    return { role, mac: digits, fault: { code: 'file-name-mac', text, to: whole(digits) } };
  }
  if (/^[0-9A-F]{4,}$/.test(upper)) {
    const text = `"${middle}" has ${middle.length} digits; a MAC has 12`;
    return { role, fault: { code: 'file-name-mac', text } };
  }
  if (/MAC|^[X$]|[{}[\]()<>$%]|X{4}/.test(upper)) return { role, fault: placeholder(prefix) };
  return strangeName(name);
}

function placeholder(prefix: string): NameFault {
  const text = `no phone has this MAC: what stands behind ${prefix} is a placeholder`;
  return { code: 'file-name-placeholder', text };
}

/** Those of other models are none of ours; SEPDefault.cnf is for phones from before XML. */
const otherModels = /^XMLDefault\w+\.cnf\.xml$|^SEPDefault\.cnf$/i;

/** A name like that of a phone's file with more or less in it. */
function strangeName(name: string): NamedFile | undefined {
  if (otherModels.test(name)) return undefined;
  return { fault: txtBehind(name) ?? wrongExtension(name) ?? leftover };
}

const leftover: NameFault = {
  code: 'file-name-leftover',
  text: 'no phone asks for a file of this name',
};

function txtBehind(name: string): NameFault | undefined {
  if (!/\.txt$/i.test(name)) return undefined;
  const to = name.slice(0, -4);
  const meant = namedFile(to);
  if (meant?.role === undefined || meant.fault) return undefined;
  return { code: 'file-name-txt', text: `an editor has put .txt behind ${to}`, to };
}

function wrongExtension(name: string): NameFault | undefined {
  const [, prefix = '', middle = '', extension = ''] =
    /^(SEP|SIP|MGC)([0-9A-F]{12}|Default)(\.cnf\.xml|\.cnf|\.xml)$/i.exec(name) ?? [];
  const phoneFile = phoneFiles.find((each) => each.prefix === prefix.toUpperCase());
  if (!phoneFile) return undefined;
  const asked = `${phoneFile.prefix}${middle}${phoneFile.extension}`;
  const text = `phones ask for ${asked}, not for ${extension}`;
  return { code: 'file-name-extension', text };
}
