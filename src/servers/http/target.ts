/** `path` is the name of a file, without a slash before it. */
export type Target =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'barred'; readonly reason: string };

const unsafe = /[\\\0-\x1f\x7f]/;

/** What a request line asks for. RFC 9112 section 3.2; percent-encoding after RFC 3986, once. */
export function readTarget(target: string): Target {
  if (!target.startsWith('/')) return barred('is no path');
  const path = percentDecoded(target.slice(1).replace(/\?.*$/s, ''));
  if (path === undefined) return barred('is not percent-encoded UTF-8');
  if (unsafe.test(path)) return barred('has a backslash or a control character');
  const parts = path.split('/');
  if (parts.includes('..')) return barred('leads upwards');
  if (parts.every((part) => part === '' || part === '.')) return barred('names no file');
  return { kind: 'path', path };
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function barred(reason: string): Target {
  return { kind: 'barred', reason };
}
