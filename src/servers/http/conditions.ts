/** What tells versions of a file apart. */
export type Validators = {
  /** A strong entity tag with its quotes. */
  readonly tag: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt?: number | undefined;
};

/** As Node has them: names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Whether the client has this version. RFC 9110 sections 13.1.2, 13.1.3 and 13.2.2. */
export function isNotModified(headers: RequestHeaders, { tag, modifiedAt }: Validators): boolean {
  const tags = textOf(headers['if-none-match']);
  if (tags !== undefined) return tags.trim() === '*' || tagsIn(tags).includes(tag);
  const since = Date.parse(textOf(headers['if-modified-since']) ?? '');
  return modifiedAt !== undefined && wholeSeconds(modifiedAt) <= since;
}

/** Whether a range is of the version that the client has a part of. RFC 9110 section 13.1.5. */
export function rangeIsOfThis(headers: RequestHeaders, { tag, modifiedAt }: Validators): boolean {
  const wanted = textOf(headers['if-range']);
  if (wanted === undefined) return true;
  if (wanted.includes('"')) return wanted.trim() === tag;
  return modifiedAt !== undefined && Date.parse(wanted) === wholeSeconds(modifiedAt);
}

/** HTTP's dates have no finer times. */
export function wholeSeconds(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

/** Weak tags are compared by what they quote. */
function tagsIn(list: string): readonly string[] {
  return list.match(/"[^"]*"/g) ?? [];
}

export function textOf(header: RequestHeaders[string]): string | undefined {
  return typeof header === 'string' || header === undefined ? header : header.join(', ');
}
