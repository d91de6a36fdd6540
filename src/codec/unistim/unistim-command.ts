import { CodecError } from '../../wire/codec-error.ts';
import { Reader } from '../../wire/reader.ts';
import { Writer } from '../../wire/writer.ts';
import { audioRows } from './audio-rows.ts';
import { basicRows } from './basic-rows.ts';
import { broadcastRows } from './broadcast-rows.ts';
import { readField, type Field, type ValuesOf, writeField } from './command-fields.ts';
import { type CommandRow, expansionModules, managers } from './command-row.ts';
import { displayRows } from './display-rows.ts';
import { expansionRows } from './expansion-rows.ts';
import { keyRows } from './key-rows.ts';
import { networkRows } from './network-rows.ts';

const plainRows = [
  ...basicRows,
  ...networkRows,
  ...broadcastRows,
  ...displayRows,
  ...keyRows,
  ...audioRows,
] as const;

/** Every command that has a name. */
export const commandRows: readonly CommandRow[] = [...plainRows, ...expansionRows];

type CommandOf<Row> =
  Row extends CommandRow<infer Kind, infer Fields>
    ? { readonly kind: Kind } & ValuesOf<Fields> & Trailing
    : never;

type Trailing = {
  /** Bytes behind the fields that are known; none where it is left out. */
  readonly trailing?: Uint8Array;
};

type PlainCommand = CommandOf<(typeof plainRows)[number]>;
/** To or from an expansion module, 1 to 6. */
type ExpansionCommand = CommandOf<(typeof expansionRows)[number]> & { readonly module: number };

/** A command that has no name, or whose data is shorter than its fields: as it came. */
export type UnknownCommand = {
  readonly kind: 'unknown';
  readonly address: number;
  readonly command: number;
  readonly data: Uint8Array;
};

export type UnistimCommand = PlainCommand | ExpansionCommand | UnknownCommand;
export type UnistimKind = UnistimCommand['kind'];
/** The command of one kind. */
export type CommandNamed<Kind extends UnistimKind> = Extract<
  UnistimCommand,
  { readonly kind: Kind }
>;

const lowestLength = 3;
const highestLength = 255;
const phoneBit = 0x80;

const rowByCode: ReadonlyMap<number, CommandRow> = new Map(
  commandRows.map((row) => [codeOf(row.address, row.command), row]),
);
const rowByKind: ReadonlyMap<string, CommandRow> = new Map(
  commandRows.map((row) => [row.kind, row]),
);

/**
 * A packet's commands, each with its address, the length of all of it, its number and its data.
 * Throws CodecError for a length below 3 or beyond the packet.
 */
export function readCommands(reader: Reader): readonly UnistimCommand[] {
  const commands: UnistimCommand[] = [];
  while (reader.remaining > 0) {
    const address = reader.u8('address');
    const length = reader.u8('length');
    if (length < lowestLength)
      reader.fail('length', `at least ${lowestLength}`, `${length}`, reader.offset - 1);
    const command = reader.u8('command');
    commands.push(commandOf(address, command, reader.take(length - lowestLength, 'data')));
  }
  return commands;
}

/** Throws CodecError for values that do not fit, and for a command of more than 255 bytes. */
export function writeCommands(writer: Writer, commands: readonly UnistimCommand[]): void {
  for (const command of commands) writer.put(serializeCommand(command));
}

export function serializeCommand(command: UnistimCommand): Uint8Array {
  if (command.kind === 'unknown')
    return framed(command.address, command.command, command.data, 'unknown');
  const row = rowByKind.get(command.kind);
  if (!row) throw noSuchKind(command.kind);
  const writer = new Writer();
  const values: Readonly<Record<string, unknown>> = command;
  for (const field of row.fields) writeField(writer, field, values[field.name]);
  if (command.trailing) writer.put(command.trailing);
  const step = 'module' in command ? moduleStep(command.module) : 0;
  return framed(row.address + step, row.command, writer.bytes(), command.kind);
}

function framed(address: number, command: number, data: Uint8Array, kind: string): Uint8Array {
  const length = data.length + lowestLength;
  if (length > highestLength) {
    const claimed = `a command of at most ${highestLength} bytes`;
    throw new CodecError({ field: kind, offset: 0, claimed, actual: `${length}` });
  }
  return new Writer()
    .u8(address, 'address')
    .u8(length, 'length')
    .u8(command, 'command')
    .put(data)
    .bytes();
}

function commandOf(address: number, command: number, data: Uint8Array): UnistimCommand {
  const module = moduleOf(address);
  const from = module === undefined ? address : (address & phoneBit) | managers.expansion;
  const row = rowByCode.get(codeOf(from, command));
  const values = row && valuesOf(row.fields, data);
  if (!values) return { kind: 'unknown', address, command, data };
  const found = module === undefined ? values : { module, ...values };
  return { kind: row.kind, ...found } as unknown as UnistimCommand;
}

/** Undefined where the data is too short for them. */
function valuesOf(
  fields: readonly Field[],
  data: Uint8Array,
): Readonly<Record<string, unknown>> | undefined {
  const reader = new Reader(data);
  const values: Record<string, unknown> = {};
  try {
    for (const field of fields) values[field.name] = readField(reader, field);
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
  if (reader.remaining > 0) values.trailing = reader.rest();
  return values;
}

/** Undefined for an address that is none of theirs. */
function moduleOf(address: number): number | undefined {
  const module = (address & ~phoneBit) - managers.expansion + 1;
  return module >= 1 && module <= expansionModules ? module : undefined;
}

function moduleStep(module: number): number {
  if (Number.isInteger(module) && module >= 1 && module <= expansionModules) return module - 1;
  const claimed = `1 to ${expansionModules}`;
  throw new CodecError({ field: 'module', offset: 0, claimed, actual: `${module}` });
}

function codeOf(address: number, command: number): number {
  return (address << 8) | command;
}

function noSuchKind(kind: string): CodecError {
  return new CodecError({ field: 'command', offset: 0, claimed: 'a known kind', actual: kind });
}
