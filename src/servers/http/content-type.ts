const types: Readonly<Record<string, string>> = {
  xml: 'text/xml',
  cnf: 'text/plain',
  txt: 'text/plain',
  dat: 'text/plain',
  png: 'image/png',
};

/** By the extension; firmware, rings and all others are octets. */
export function contentType(path: string): string {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return types[extension] ?? 'application/octet-stream';
}
