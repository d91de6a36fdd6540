import { unwritable } from '../text/place.ts';
import type { KeywordSyntax } from './keyword-line.ts';
import {
  decodeKeywordFile,
  encodeKeywordFile,
  entriesOf,
  type KeywordFile,
  keywordLine,
  keywordValues,
} from './keyword-file.ts';

const syntax: KeywordSyntax = {
  separator: 'equals',
  sections: false,
  inlineComments: false,
  repeatable: [],
};

/** `Server.Action`: what the phone speaks with the server. NN42020-202, section 2. */
export const serverActions = { unistim: 1, sip: 7 } as const;

/** A server that a phone is told of, S1 or S2. What the file does not say is undefined. */
export type ServerEntry = {
  /** Undefined for `0.0.0.0`, too, which says that there is none. */
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly action: number | undefined;
  readonly domain: string | undefined;
};

export type SipUpgradePointers = {
  readonly s1: ServerEntry;
  readonly s2: ServerEntry;
  /** The master TFTP server. */
  readonly tftp: string | undefined;
  readonly dns: string | undefined;
};

/**
 * `SipUpgradeConfigFile.txt` of the IP Client Manager: where phones find the SIP server and the master
 * TFTP server once they have the SIP load; `Name=value` on each line. Every text is read; what is odd
 * is noted. NN42020-202, section 2.
 */
export function decodeSipUpgradeConfig(text: string): KeywordFile {
  return decodeKeywordFile(text, syntax);
}

/** The text of a document, byte for byte; throws a CodecError where it would be read otherwise. */
export function encodeSipUpgradeConfig(file: KeywordFile): string {
  return encodeKeywordFile(file);
}

export function sipUpgradePointers(file: KeywordFile): SipUpgradePointers {
  const values = keywordValues(entriesOf(file));
  return {
    s1: serverEntry(values, 'S1'),
    s2: serverEntry(values, 'S2'),
    tftp: addressOf(values.get('TFTP.SERVER.IP')),
    dns: addressOf(values.get('DNS.SERVER.IP')),
  };
}

/** A new file, with every name that Nortel's template has. Throws a CodecError as the syntax asks. */
export function writeSipUpgradeConfig({ s1, s2, tftp, dns }: SipUpgradePointers): string {
  const lines = [
    ...serverLines('S1', s1),
    ...serverLines('S2', s2),
    ['TFTP.Server.IP', tftp ?? noAddress],
    ['DNS.Server.IP', dns ?? noAddress],
  ] as const;
  return lines.map(([name, value]) => keywordLine(name, value, syntax)).join('');
}

const noAddress = '0.0.0.0';

function serverLines(
  name: string,
  { address, port, action, domain }: ServerEntry,
): readonly (readonly [string, string])[] {
  return [
    [`${name}.Server.IP`, address ?? noAddress],
    [`${name}.Server.Port`, `${checked(port, 65535) ?? 5060}`],
    [`${name}.Server.Action`, `${checked(action, 255) ?? serverActions.sip}`],
    [`${name}.Server.Domain`, domain ?? ''],
  ];
}

function checked(number: number | undefined, most: number): number | undefined {
  if (number === undefined || (Number.isInteger(number) && number >= 0 && number <= most))
    return number;
  throw unwritable('number of a server', `a whole number from 0 to ${most}`, `${number}`);
}

function serverEntry(values: ReadonlyMap<string, string>, name: string): ServerEntry {
  const value = (key: string) => values.get(`${name}.SERVER.${key}`) || undefined;
  return {
    address: addressOf(value('IP')),
    port: numberOf(value('PORT')),
    action: numberOf(value('ACTION')),
    domain: value('DOMAIN'),
  };
}

function addressOf(value: string | undefined): string | undefined {
  return value === '' || value === noAddress ? undefined : value;
}

function numberOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : undefined;
}
