import type { SipMessage } from '../sip-message.ts';
import type { SipAbilities } from '../sip-problem.ts';

/** `good`, a status that the request is answered with, or `dropped` for a response. */
export type TortureVerdict = 'good' | 'dropped' | number;

/** One message of RFC 4475, with the verdict that its section demands. */
export type TortureMessage = {
  /** The RFC's name of it. */
  readonly name: string;
  readonly section: string;
  readonly bytes: Uint8Array;
  /** Of the message by itself. */
  readonly verdict: TortureVerdict;
  /** Of receivers, where the section tells them apart. */
  readonly receivers?: readonly (readonly [SipAbilities, TortureVerdict])[];
  /** What must have been read. */
  check?(message: SipMessage): void;
};

/** Lines with their ends, an empty line and the body, all as UTF-8. */
export function wire(lines: readonly string[], body: string | Uint8Array = ''): Uint8Array {
  return Buffer.concat([Buffer.from([...lines, '', ''].join('\r\n')), Buffer.from(body)]);
}

export function lengthLine(body: string | Uint8Array): string {
  return `Content-Length: ${Buffer.from(body).length}`;
}

/** A session description of one audio and one video stream. */
export const offer = [
  'v=0',
  'o=desk 5512 8831 IN IP4 192.0.2.31',
  's=-',
  'c=IN IP4 192.0.2.32',
  't=0 0',
  'm=audio 30020 RTP/AVP 0 101',
  'm=video 30040 RTP/AVP 31',
  'a=rtpmap:31 LPC',
  '',
].join('\r\n');

/** The headers that each message has unless it is about their lack. */
export function usual(name: string, sequence: string): readonly string[] {
  return [
    `Via: SIP/2.0/UDP desk7.example.org;branch=z9hG4bK${name}7`,
    'Max-Forwards: 70',
    'From: <sip:anna@example.org>;tag=7f3a',
    'To: <sip:bert@example.com>',
    `Call-ID: ${name}.81f2c@desk7.example.org`,
    `CSeq: ${sequence}`,
  ];
}

/** `usual` with some headers in the place of those of the same name. */
export function usualBut(
  name: string,
  sequence: string,
  others: readonly string[],
): readonly string[] {
  const nameOf = (line: string) => (line.split(':')[0] ?? '').trim().toLowerCase();
  const replaced = new Set(others.map(nameOf));
  return [...usual(name, sequence).filter((line) => !replaced.has(nameOf(line))), ...others];
}

export const phone: SipAbilities = {
  role: 'user-agent',
  methods: ['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'NOTIFY', 'MESSAGE'],
  extensions: ['replaces'],
  contentTypes: ['application/sdp', 'multipart/mixed', 'text/plain'],
};

export const registrar: SipAbilities = {
  role: 'registrar',
  methods: ['REGISTER', 'OPTIONS'],
  extensions: [],
};

export const proxy: SipAbilities = { role: 'proxy', extensions: [] };
