import { z } from 'zod';
import type { Problem } from './listen.ts';
import { readYesNo } from './sntp-values.ts';

/** What `hookflash.yaml` says of the UNIStim service. Assumptions: docs/unistim.md. */
export type UnistimConfig = {
  /** When software is offered to phones with a plan: when FirmW is pressed, or when they register. */
  readonly offer?: 'on-request' | 'at-registration' | undefined;
  /** How phones hear of the TFTP and the DNS server: as servers of their list, or by DHCP alone. */
  readonly tftp_pointer?: 's3' | 'none' | undefined;
  readonly stays_connected?: boolean | undefined;
  readonly unknown_byte?: number | undefined;
  readonly identifier?: 'version' | 'path' | 'none' | undefined;
  readonly grants?: 'request' | 'details' | undefined;
  readonly file_end?: 'short-block' | 'last-byte' | undefined;
  readonly largest_block?: number | undefined;
  readonly largest_packet?: number | undefined;
  readonly lock_by?: 'soft-reset' | 'server-switch' | undefined;
};

function oneOf<const Word extends string>(...words: readonly Word[]) {
  return read((text): Word | Problem => {
    const word = words.find((each) => each === text);
    return word ?? { problem: `"${text}" is none of ${words.join(', ')}` };
  }).optional();
}

function number(least: number, most: number) {
  return read((text): number | Problem => {
    const value = Number(text);
    if (/^\d{1,5}$/.test(text) && value >= least && value <= most) return value;
    return { problem: `"${text}" is not a whole number from ${least} to ${most}` };
  }).optional();
}

function read<T>(reads: (text: string) => T | Problem) {
  return z.string().transform((text, context): T => {
    const result = reads(text);
    if (typeof result !== 'object' || result === null || !('problem' in result)) return result as T;
    context.addIssue({ code: 'custom', message: result.problem });
    return z.NEVER;
  });
}

/** The section `unistim:`. */
export const unistimShape = z.strictObject({
  offer: oneOf('on-request', 'at-registration'),
  tftp_pointer: oneOf('s3', 'none'),
  stays_connected: read(readYesNo).optional(),
  unknown_byte: number(0, 255),
  identifier: oneOf('version', 'path', 'none'),
  grants: oneOf('request', 'details'),
  file_end: oneOf('short-block', 'last-byte'),
  largest_block: number(16, 1400),
  largest_packet: number(64, 1400),
  lock_by: oneOf('soft-reset', 'server-switch'),
});
