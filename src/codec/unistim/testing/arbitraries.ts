import fc from 'fast-check';
import { formatIPv4 } from '../../../wire/ipv4.ts';
import type { Mac } from '../../../wire/mac.ts';
import type { Field, FieldType } from '../command-fields.ts';
import { managers } from '../command-row.ts';
import type { RudpFrame } from '../rudp-frame.ts';
import type { UftpMessage } from '../uftp.ts';
import { commandRows, type UnistimCommand } from '../unistim-command.ts';

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const address = u32.map(formatIPv4);
const letters = fc.uint8Array({ maxLength: 24 }).map(latin1);
const some = fc.uint8Array({ maxLength: 24 });

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

const target = fc.oneof(
  u8.filter((flags) => (flags & 0x14) === 0).map((flags) => ({ target: flags })),
  fc.record({ target: u8.map((flags) => flags | 0x04), position: u8 }),
);
const record = fc.record({ port: u16, action: u8, retry: u8, failover: u8, address });

const values: { readonly [Type in FieldType]: (field: Field) => fc.Arbitrary<unknown> } = {
  u8: () => u8,
  u16: () => u16,
  u32: () => u32,
  ipv4: () => address,
  mac: () =>
    fc
      .uint8Array({ minLength: 6, maxLength: 6 })
      .map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase() as Mac),
  text: () => letters,
  cstring: () => letters.map((each) => each.replaceAll('\0', '')),
  data: ({ size }) =>
    size === undefined ? some : fc.uint8Array({ minLength: size, maxLength: size }),
  displayTarget: () => target,
  servers: () => fc.array(record, { maxLength: 3 }),
};

/** Every kind of command, and unknown ones. */
export const command: fc.Arbitrary<UnistimCommand> = fc.oneof(
  fc.constantFrom(...commandRows).chain(({ address: manager, kind, fields }) => {
    const isModule = (manager & 0x7f) === managers.expansion;
    const module = isModule ? { module: fc.integer({ min: 1, max: 6 }) } : {};
    const parts = fields.map((field) => [field.name, values[field.type](field)] as const);
    return fc.record({ kind: fc.constant(kind), ...module, ...Object.fromEntries(parts) });
  }) as unknown as fc.Arbitrary<UnistimCommand>,
  fc.record({
    kind: fc.constant('unknown' as const),
    address: fc.constantFrom(0x00, 0x20, 0x7f, 0xa0, 0xff),
    command: u8,
    data: some,
  }),
);

export const uftpMessage: fc.Arbitrary<UftpMessage> = fc.oneof(
  fc
    .constantFrom(
      'connection-request' as const,
      'connection-granted' as const,
      'connection-denied' as const,
      'flow-control-off' as const,
    )
    .map((kind) => ({ kind })),
  fc.record({
    kind: fc.constant('connection-details' as const),
    blockSize: u16,
    blockLimit: u8,
    path: letters.map((each) => each.replaceAll('\0', '')),
  }),
  fc.record({ kind: fc.constant('file-data' as const), block: some }),
  fc.record({
    kind: fc.constant('unknown' as const),
    command: fc.integer({ min: 0x03, max: 0x7f }),
    data: some,
  }),
);

const commands = fc.array(command, { maxLength: 4 });

export const frame: fc.Arbitrary<RudpFrame> = fc.oneof(
  fc.record({
    type: fc.constantFrom('ack' as const, 'nak' as const),
    sequence: u32,
    payloadType: fc.constant(1),
  }),
  fc.record({
    type: fc.constantFrom('ack' as const, 'nak' as const),
    sequence: u32,
    payloadType: fc.constant(2),
    terminalId: u32,
  }),
  fc.record({
    type: fc.constant('payload' as const),
    sequence: u32,
    payload: fc.oneof(
      fc.record({ kind: fc.constant('server' as const), commands }),
      fc.record({ kind: fc.constant('phone' as const), terminalId: u32, commands }),
      fc.record({ kind: fc.constant('uftp' as const), message: uftpMessage }),
      fc.record({ kind: fc.constantFrom('null' as const, 'free' as const), data: some }),
    ),
  }),
);
