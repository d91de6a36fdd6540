import { choice, integer } from '../../../model/parameter-rows.ts';

export const offOn = choice({ 0: 'off', 1: 'on' });

/** With 0 and 1 the user may change it in the menu Call Preferences, with 2 and 3 not. */
export const userSwitch = choice({
  0: 'off, the user may change it',
  1: 'on, the user may change it',
  2: "off for good, only in the phone's own file",
  3: "on for good, only in the phone's own file",
});

export const port = integer(1, 65535);
export const atLeastOne = integer(1);
export const ipv4 = { kind: 'address', names: false } as const;
export const ipv4OrName = { kind: 'address', names: true } as const;
export const url = { kind: 'url' } as const;
