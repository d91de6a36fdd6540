import { choice, integer } from '../../../model/parameter-rows.ts';
import type { ValueType } from '../../../model/parameter.ts';

export const boolean = choice({ false: 'no', true: 'yes' }, 'any case');
export const offOn = choice({ 0: 'off', 1: 'on' });
/** Not a slip: these elements switch off. */
export const onOff = choice({ 0: 'on', 1: 'off' });

/** 7900 series. On 6900, 8900 and 9900 2 and 3 are on, on 7800 and 8800 only 0 and 1 are known. */
export const userSwitch = choice({
  0: 'off, the user may change it',
  1: 'on, the user may change it',
  2: 'off for good',
  3: 'on for good',
});

export const port = integer(1, 65535);
export const url: ValueType = { kind: 'url', most: 255 };
export const address: ValueType = { kind: 'address', names: true };
/** With the word for the servers of callManagerGroup. */
export const proxy: ValueType = { kind: 'address', names: true, words: ['USECALLMANAGER'] };
export const image: ValueType = { kind: 'image' };

const byte = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
export const host50: ValueType = {
  kind: 'form',
  pattern: new RegExp(
    `^(?=.{1,50}$)(${byte}(\\.${byte}){3}|(?![\\d.]+$)[a-z0-9:]([a-z0-9.:-]*[a-z0-9])?)$`,
    'i',
  ),
  form: 'address or name, up to 50 characters',
};

export const ipv6: ValueType = {
  kind: 'form',
  pattern: /^[0-9a-f:.]*:[0-9a-f:.]*$/i,
  form: 'IPv6 address',
};

export const hoursMinutes: ValueType = {
  kind: 'form',
  pattern: /^([01]?\d|2[0-3]):[0-5]\d$/,
  form: 'hours and minutes, e.g. 08:30',
};

export const days: ValueType = {
  kind: 'form',
  pattern: /^[1-7](,[1-7])*$/,
  form: 'days from 1 (Sunday) to 7 with commas between, e.g. 1,7',
};

/** Some of these numbers, with commas between. */
export function numbers(first: number, last: number): ValueType {
  return {
    kind: 'form',
    pattern: new RegExp(`^[${first}-${last}](,[${first}-${last}])*$`),
    form: `numbers from ${first} to ${last} with commas between`,
  };
}
