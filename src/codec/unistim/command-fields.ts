import { formatIPv4, ipv4Number, isIPv4 } from '../../wire/ipv4.ts';
import { type Mac, parseMac } from '../../wire/mac.ts';
import { latin1, type Reader } from '../../wire/reader.ts';
import type { Writer } from '../../wire/writer.ts';
import { CodecError } from '../../wire/codec-error.ts';

/** Where on the display: one byte of flags says what, and for lines and labels a byte says where. */
export type DisplayTarget = {
  /** 01 numeric index, 02 context (title), 04 line, 08 soft key with its number in bits 5-7, 10 soft label. */
  readonly target: number;
  /** Of a line: its number in bits 5-7, the character in the others. */
  readonly position?: number;
};

/** One server that a phone knows of. */
export type ServerRecord = {
  readonly port: number;
  readonly action: number;
  readonly retry: number;
  readonly failover: number;
  /** Dotted. */
  readonly address: string;
};

/** The types of values that fields have. */
type FieldValues = {
  readonly u8: number;
  readonly u16: number;
  readonly u32: number;
  readonly ipv4: string;
  readonly mac: Mac;
  /** Latin-1 to the end of the command. */
  readonly text: string;
  /** Latin-1 up to a NUL. */
  readonly cstring: string;
  /** The rest of the command. */
  readonly data: Uint8Array;
  readonly displayTarget: DisplayTarget;
  readonly servers: readonly ServerRecord[];
};

export type FieldType = keyof FieldValues;
export type Field = { readonly name: string; readonly type: FieldType; readonly size?: number };

/** The values of a row's fields, by name. */
export type ValuesOf<Fields extends readonly Field[]> = {
  readonly [Each in Fields[number] as Each['name']]: FieldValues[Each['type']];
};

function fieldOf<const Type extends FieldType>(type: Type) {
  return <const Name extends string>(name: Name) => ({ name, type }) as const;
}

export const u8 = fieldOf('u8');
export const u16 = fieldOf('u16');
export const u32 = fieldOf('u32');
export const ipv4 = fieldOf('ipv4');
export const mac = fieldOf('mac');
export const text = fieldOf('text');
export const cstring = fieldOf('cstring');
export const data = fieldOf('data')('data');
export const displayTarget = fieldOf('displayTarget')('at');
export const servers = fieldOf('servers')('servers');

/** Bytes of a fixed number. */
export function bytes<const Name extends string>(name: Name, size: number) {
  return { name, type: 'data', size } as const;
}

type FieldCodec<Type extends FieldType> = {
  read(reader: Reader, field: Field): FieldValues[Type];
  write(writer: Writer, value: FieldValues[Type], field: Field): unknown;
};

const lineFlag = 0x04;
const labelFlag = 0x10;

const codecs: { readonly [Type in FieldType]: FieldCodec<Type> } = {
  u8: {
    read: (reader, { name }) => reader.u8(name),
    write: (writer, value, { name }) => writer.u8(value, name),
  },
  u16: {
    read: (reader, { name }) => reader.u16(name),
    write: (writer, value, { name }) => writer.u16(value, name),
  },
  u32: {
    read: (reader, { name }) => reader.u32(name),
    write: (writer, value, { name }) => writer.u32(value, name),
  },
  ipv4: {
    read: (reader, { name }) => formatIPv4(reader.u32(name)),
    write: (writer, value, { name }) => writer.u32(addressNumber(value, name), name),
  },
  mac: {
    read: (reader, { name }) => parseMac(Buffer.from(reader.take(6, name)).toString('hex')),
    write: (writer, value) => writer.put(Buffer.from(parseMac(value), 'hex')),
  },
  text: {
    read: (reader) => latin1(reader.rest()),
    write: (writer, value) => writer.put(Buffer.from(value, 'latin1')),
  },
  cstring: {
    read: (reader, { name }) => reader.cstring(name),
    write: (writer, value, { name }) => writer.cstring(value, name),
  },
  data: {
    read: (reader, { name, size }) => reader.take(size ?? reader.remaining, name),
    write(writer, value, { name, size = value.length }) {
      if (value.length !== size) fail(name, `${size} bytes`, `${value.length}`);
      writer.put(value);
    },
  },
  displayTarget: { read: readTarget, write: writeTarget },
  servers: { read: readServers, write: writeServers },
};

/** Throws CodecError where the command is too short. */
export function readField(reader: Reader, field: Field): unknown {
  return codecs[field.type].read(reader, field);
}

/** Throws CodecError for a value that does not fit. */
export function writeField(writer: Writer, field: Field, value: unknown): void {
  codecs[field.type].write(writer, value as never, field);
}

function readTarget(reader: Reader): DisplayTarget {
  const target = reader.u8('display address');
  if ((target & (lineFlag | labelFlag)) === 0) return { target };
  return { target, position: reader.u8('display position') };
}

function writeTarget(writer: Writer, { target, position }: DisplayTarget): void {
  writer.u8(target, 'display address');
  if ((target & (lineFlag | labelFlag)) === 0) return;
  writer.u8(position ?? 0, 'display position');
}

function readServers(reader: Reader): readonly ServerRecord[] {
  const found: ServerRecord[] = [];
  while (reader.remaining > 0) {
    const port = reader.u16('port');
    const action = reader.u8('action');
    const retry = reader.u8('retry count');
    const failover = reader.u8('failover server');
    const address = formatIPv4(reader.u32('server'));
    found.push({ port, action, retry, failover, address });
  }
  return found;
}

function writeServers(writer: Writer, records: readonly ServerRecord[]): void {
  for (const { port, action, retry, failover, address } of records)
    writer
      .u16(port, 'port')
      .u8(action, 'action')
      .u8(retry, 'retry count')
      .u8(failover, 'failover server')
      .u32(addressNumber(address, 'server'), 'server');
}

function addressNumber(dotted: string, name: string): number {
  if (!isIPv4(dotted)) fail(name, 'an IPv4 address', `"${dotted}"`);
  return ipv4Number(dotted);
}

function fail(field: string, claimed: string, actual: string): never {
  throw new CodecError({ field, offset: 0, claimed, actual });
}
