/** From `start` to before `end`. */
export type ByteRange = { readonly start: number; readonly end: number };

/** `ignored`: the file is to be sent as if no range were asked for. */
export type RangeAnswer = ByteRange | 'ignored' | 'unsatisfiable';

const oneRange = /^bytes=\s*(\d*)-(\d*)\s*$/i;

/**
 * A `Range` header over so many bytes. Several ranges, other units and what cannot be read are
 * ignored, as RFC 9110 section 14.2 allows.
 */
export function readRange(header: string, length: number): RangeAnswer {
  const [, first = '', last = ''] = oneRange.exec(header) ?? [];
  if (first === '' && last === '') return 'ignored';
  if (first === '') return lastBytes(Number(last), length);
  const start = Number(first);
  const end = last === '' ? length : Number(last) + 1;
  if (end <= start && last !== '') return 'ignored';
  return start < length ? { start, end: Math.min(end, length) } : 'unsatisfiable';
}

/** A range of an empty file cannot be named in an answer. RFC 9110 section 14.4. */
function lastBytes(count: number, length: number): RangeAnswer {
  if (count === 0) return 'unsatisfiable';
  return length === 0 ? 'ignored' : { start: Math.max(0, length - count), end: length };
}
