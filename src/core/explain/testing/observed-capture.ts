import type { TftpPacket } from '../../../codec/tftp/packet.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Mac } from '../../../wire/mac.ts';
import { readObservations, type ReadResult } from '../read-observations.ts';
import { stage, staged, type Stage } from './staged-capture.ts';

export const stagedNow = Date.UTC(2024, 5, 1);

export function stagedMacOf(path: string): Mac | undefined {
  return /SEP([0-9A-F]{12})/.exec(path)?.[1] as Mac | undefined;
}

export function readStaged(bytes: Uint8Array): Promise<ReadResult> {
  return readObservations('x.pcap', bytes, { now: stagedNow, zone: 0, macOf: stagedMacOf });
}

/** What is seen in a capture of what is done here. */
export async function observed(act: (on: Stage) => void): Promise<readonly Observation[]> {
  const on = stage();
  act(on);
  return (await readStaged(on.pcap())).observations;
}

export async function happenings(act: (on: Stage) => void): Promise<readonly unknown[]> {
  return (await observed(act)).map(({ happening }) => happening);
}

/** A read request of a phone, and blocks of an answer. */
export const stagedRequest = {
  kind: 'rrq',
  path: 'SEP0010DBAA0001.cnf.xml',
  mode: 'octet',
  options: [],
} as const;

export function dataBlock(block: number, size: number): TftpPacket {
  return { kind: 'data', block, data: new Uint8Array(size) };
}

/** A REGISTER with compact names of its fields. */
export const stagedRegister = [
  `REGISTER sip:${staged.server} SIP/2.0`,
  `Via: SIP/2.0/UDP ${staged.phone}:5060;branch=z9hG4bK1`,
  `f: "100" <sip:100@${staged.server}>;tag=1`,
  `t: <sip:100@${staged.server}>`,
  'i: abc@x',
  'CSeq: 101 REGISTER',
  'User-Agent: Phone/8.0',
  'Expires: 3600',
  'Content-Length: 0',
  '\r\n',
].join('\r\n');
