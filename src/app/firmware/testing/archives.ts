import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as it is to be written, right or wrong. */
export type ZipEntry = {
  readonly name: string | Uint8Array;
  readonly data: Uint8Array;
  readonly deflate?: boolean;
  /** Unix mode; without it the archive is one of DOS. */
  readonly mode?: number;
  readonly crc?: number;
  readonly flags?: number;
  /** Claimed in place of the true size. */
  readonly size?: number;
  /** Claimed in a zip64 field in place of the true size. */
  readonly size64?: bigint;
};

const utf8 = 0x800;

/** Written by hand after APPNOTE.TXT, so that it can lie. */
export function zipOf(entries: readonly ZipEntry[], claimedCount = entries.length): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const local = localOf(entry);
    central.push(centralOf(entry, offset));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(claimedCount, 8);
  end.writeUInt16LE(claimedCount, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function bodyOf({ data, deflate = true }: ZipEntry): Buffer {
  return deflate ? deflateRawSync(data) : Buffer.from(data);
}

function commonOf(entry: ZipEntry, name: Buffer, extraLength: number): Buffer {
  const { data, deflate = true, flags = utf8, crc = crc32(data), size = data.length } = entry;
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(flags, 2);
  bytes.writeUInt16LE(deflate ? 8 : 0, 4);
  bytes.writeUInt32LE(crc >>> 0, 10);
  bytes.writeUInt32LE(bodyOf(entry).length, 14);
  bytes.writeUInt32LE(entry.size64 === undefined ? size : 0xffffffff, 18);
  bytes.writeUInt16LE(name.length, 22);
  bytes.writeUInt16LE(extraLength, 24);
  return bytes;
}

function localOf(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name);
  const magic = Buffer.from('PK\x03\x04', 'latin1');
  return Buffer.concat([magic, commonOf(entry, name, 0), name, bodyOf(entry)]);
}

function centralOf(entry: ZipEntry, offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const extra = entry.size64 === undefined ? Buffer.alloc(0) : Buffer.alloc(12);
  if (entry.size64 !== undefined) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(entry.size64, 4);
  }
  const head = Buffer.alloc(6);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(entry.mode === undefined ? 20 : 0x0314, 4);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([head, commonOf(entry, name, extra.length), tail, name, extra]);
}

export type TarEntry = {
  readonly name: string;
  readonly data?: Uint8Array;
  /** `0` file, `1` hard link, `2` link, `3` and `4` devices, `5` folder, `6` FIFO. */
  readonly type?: string;
  readonly linkname?: string;
  /** Claimed in place of the true size. */
  readonly size?: number;
};

const block = 512;

/** A ustar archive, written by hand after POSIX.1. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const data = Buffer.from(entry.data ?? []);
    const padding = Buffer.alloc((block - (data.length % block)) % block);
    return [tarHeader(entry, data.length), data, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function tarHeader({ name, type = '0', linkname = '', size }: TarEntry, length: number): Buffer {
  const header = Buffer.alloc(block);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${(size ?? length).toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write(linkname, 157, 100);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
