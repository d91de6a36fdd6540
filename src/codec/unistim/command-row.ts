import type { Field } from './command-fields.ts';

/** One command: who says it to which manager of the phone, its number, its name and its data. */
export type CommandRow<
  Kind extends string = string,
  Fields extends readonly Field[] = readonly Field[],
> = {
  /** Bit 7 is set where the phone says it. Of expansion modules: that of the first. */
  readonly address: number;
  readonly command: number;
  readonly kind: Kind;
  readonly fields: Fields;
};

/** The managers' addresses, as the server writes them; the phone's have bit 7 set. */
export const managers = {
  /** Of the first of six modules, one after the other. */
  expansion: 0x09,
  broadcast: 0x11,
  audio: 0x16,
  display: 0x17,
  key: 0x19,
  basic: 0x1a,
  network: 0x1e,
} as const;

export const expansionModules = 6;

export type Manager = keyof typeof managers;

const phoneBit = 0x80;

/** Makes the rows of what the server says to a manager of the phone. */
export function toPhone(manager: Manager) {
  return rowOf(managers[manager]);
}

/** Makes the rows of what a manager of the phone says. */
export function fromPhone(manager: Manager) {
  return rowOf(managers[manager] | phoneBit);
}

function rowOf(address: number) {
  return <const Kind extends string, const Fields extends readonly Field[]>(
    command: number,
    kind: Kind,
    ...fields: Fields
  ): CommandRow<Kind, Fields> => ({ address, command, kind, fields });
}
