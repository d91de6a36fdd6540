/** Puts a text in the place of `length` characters from `offset` on. */
export type Splice = { readonly offset: number; readonly length: number; readonly text: string };

/** Makes all changes to one text. They may touch, but not overlap. */
export function spliceText(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { offset, length, text: part } of splices.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < at) throw new RangeError(`changes overlap at offset ${offset}`);
    parts.push(text.slice(at, offset), part);
    at = offset + length;
  }
  return [...parts, text.slice(at)].join('');
}
