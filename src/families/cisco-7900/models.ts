import type { Model } from '../../model/phone.ts';

/** Numbers are Cisco's device types: the key of XMLDefault's `loadInformation8` and `…7`. */
export const models = [
  { name: '7940', number: 8, lines: 2 },
  { name: '7960', number: 7, lines: 6 },
] as const satisfies readonly Model[];
