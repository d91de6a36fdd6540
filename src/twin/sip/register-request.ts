import type { SipHeader, SipRequest } from '../../codec/sip/sip-message.ts';
import { escapedUser } from '../../codec/sip/sip-uri.ts';
import { usualSipPort, type SipHost, type SipLine, type SipSettings } from './sip-settings.ts';
import type { SipWords } from './sip-words.ts';

export type RegisterParts = {
  readonly line: SipLine;
  readonly settings: SipSettings;
  readonly words: SipWords;
  readonly registrar: SipHost;
  /** Of Via. */
  readonly ownAddress: string;
  /** Of the Contact, which is another one behind NAT. */
  readonly contactAddress: string;
  readonly branch: string;
  readonly tag: string;
  readonly callId: string;
  readonly sequence: number;
  /** Seconds; 0 takes the registration back. */
  readonly expires: number;
  /** Credentials. */
  readonly more: (request: SipRequest) => readonly SipHeader[];
};

/** Fields in the order of a 7960 with 8.12: Linux kernel list, 2020-12-24, Teo En Ming. */
export function registerRequest(parts: RegisterParts): SipRequest {
  const { line, settings, words, registrar, ownAddress, branch, tag, callId, sequence } = parts;
  const user = settings.userInfo === undefined ? '' : `;user=${settings.userInfo}`;
  const where = line.domain ?? hostPort(registrar);
  const address = `<sip:${escapedUser(line.name)}@${where}${user}>`;
  const contact = `<${contactUri(parts)}>${words.contact}`;
  const request: SipRequest = {
    ...{ kind: 'request', version: 'SIP/2.0', method: 'REGISTER', uri: `sip:${where}` },
    body: new Uint8Array(),
    headers: [
      { name: 'Via', value: `SIP/2.0/UDP ${ownAddress}:${settings.controlPort};branch=${branch}` },
      { name: 'From', value: `${address};tag=${tag}` },
      { name: 'To', value: address },
      { name: 'Call-ID', value: callId },
      { name: 'Max-Forwards', value: '70' },
      { name: 'CSeq', value: `${sequence} REGISTER` },
      { name: 'User-Agent', value: words.userAgent },
      { name: 'Contact', value: contact },
    ],
  };
  const rest = [
    ...parts.more(request),
    ...words.registerHeaders(),
    { name: 'Content-Length', value: '0' },
    { name: 'Expires', value: String(parts.expires) },
  ];
  return { ...request, headers: [...request.headers, ...rest] };
}

/** Where a line is reached, as its Contact says. */
export function contactUri({
  line,
  settings,
  words,
  contactAddress,
}: Pick<RegisterParts, 'line' | 'settings' | 'words' | 'contactAddress'>): string {
  const { userInfo } = settings;
  const user = userInfo === undefined ? '' : `;user=${userInfo}`;
  const more =
    userInfo === undefined ? words.contactUri : words.contactUri.replace(/;user=[a-z]+/, '');
  return `sip:${escapedUser(line.contact)}@${contactAddress}:${settings.controlPort}${user}${more}`;
}

/** The usual port is not written. */
export function hostPort({ host, port }: SipHost): string {
  return port === usualSipPort ? host : `${host}:${port}`;
}
