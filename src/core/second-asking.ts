import type { BootRequest } from '../model/boot.ts';

type Asked = Pick<BootRequest, 'protocol' | 'path' | 'at'>;

/** A phone gives up on HTTP for a file and turns to TFTP within so many milliseconds. */
const turnsWithin = 15_000;

/**
 * Phones that ask by HTTP first ask by TFTP for what they did not get: one question, asked twice.
 * Who follows a phone is told of the first asking only. `earlier` is its last request by HTTP that
 * was answered with nothing.
 */
export function isSecondAsking(earlier: Asked | undefined, { protocol, path, at }: Asked): boolean {
  return (
    earlier?.protocol === 'http' &&
    protocol === 'tftp' &&
    earlier.path === path &&
    at - earlier.at <= turnsWithin
  );
}
