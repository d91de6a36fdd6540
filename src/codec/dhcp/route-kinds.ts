import { formatIPv4, ipv4Number, isIPv4 } from '../../wire/ipv4.ts';
import { Reader } from '../../wire/reader.ts';
import type { DhcpRoute } from './dhcp-value.ts';
import { addressAt, concat, encodeAddress, encodeNumber, wordsOf, wrong } from './scalar-kinds.ts';
import type { OptionKind } from './scalar-kinds.ts';

const form = 'routes such as 10.0.0.0/8 via 10.1.0.1, 0.0.0.0/0 via 10.1.0.2';

/** RFC 3442. */
export const classlessRoutes: OptionKind<readonly DhcpRoute[]> = {
  decode(bytes, field) {
    const reader = new Reader(bytes);
    const routes: DhcpRoute[] = [];
    while (reader.remaining > 0) {
      const width = reader.u8(field);
      if (width > 32) reader.fail(field, 'a prefix up to 32', `${width}`, reader.offset - 1);
      const destination = new Uint8Array(4);
      destination.set(reader.take(Math.ceil(width / 8), field));
      const router = formatIPv4(reader.u32(field));
      routes.push({ destination: `${addressAt(destination, 0)}/${width}`, router });
    }
    return routes;
  },
  encode(text, field) {
    const words = wordsOf(text).filter((word) => word !== 'via');
    if (words.length === 0 || words.length % 2 !== 0) wrong(field, 0, form, JSON.stringify(text));
    return concat(
      words.flatMap((word, index) =>
        index % 2 === 0 ? [encodeDestination(word, field)] : [encodeAddress(word, field)],
      ),
    );
  },
  format: (value) =>
    value.map(({ destination, router }) => `${destination} via ${router}`).join(', '),
};

function encodeDestination(destination: string, field: string): Uint8Array {
  const [address = '', prefix = '', ...further] = destination.split('/');
  const width = /^\d{1,2}$/.test(prefix) ? Number(prefix) : NaN;
  if (!isIPv4(address) || !(width <= 32) || further.length > 0)
    wrong(field, 0, form, JSON.stringify(destination));
  const number = ipv4Number(address);
  const inNetwork = width === 0 ? 0 : (number & (-1 << (32 - width))) >>> 0;
  if (number !== inNetwork)
    wrong(field, 0, `${formatIPv4(inNetwork)}/${width}`, JSON.stringify(destination));
  const octets = encodeNumber(number, 4).subarray(0, Math.ceil(width / 8));
  return concat([Uint8Array.of(width), octets]);
}
