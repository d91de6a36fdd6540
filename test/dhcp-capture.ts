import { writeFileSync } from 'node:fs';

export type CapturedDatagram = {
  readonly bytes: Uint8Array;
  readonly from: { readonly address: readonly number[]; readonly port: number };
  readonly to: { readonly address: readonly number[]; readonly port: number };
};

const server = { address: [192, 0, 2, 1], port: 67 } as const;
const client = { address: [192, 0, 2, 100], port: 68 } as const;

/** From the client, or from the server where `op` is 2. */
export function dhcpDatagram(bytes: Uint8Array): CapturedDatagram {
  const isReply = bytes[0] === 2;
  return { bytes, from: isReply ? server : client, to: isReply ? client : server };
}

/** A capture of raw IPv4: header of the file, record headers, IPv4 and UDP headers by hand. */
export function writeCapture(path: string, datagrams: readonly CapturedDatagram[]): void {
  const rawIp = 101;
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(rawIp, 20);
  writeFileSync(path, Buffer.concat([header, ...datagrams.map(record)]));
}

function record({ bytes, from, to }: CapturedDatagram, index: number): Buffer {
  const length = 28 + bytes.length;
  const head = Buffer.alloc(16 + 28);
  head.writeUInt32LE(1_600_000_000 + index, 0);
  head.writeUInt32LE(length, 8);
  head.writeUInt32LE(length, 12);
  const ip = head.subarray(16, 36);
  ip.set([0x45, 0, length >> 8, length & 0xff, 0, 0, 0, 0, 64, 17]);
  ip.set(from.address, 12);
  ip.set(to.address, 16);
  ip.writeUInt16BE(checksum(ip), 10);
  head.writeUInt16BE(from.port, 36);
  head.writeUInt16BE(to.port, 38);
  head.writeUInt16BE(8 + bytes.length, 40);
  return Buffer.concat([head, bytes]);
}

/** RFC 1071. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
