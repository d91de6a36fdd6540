import { latin1 } from '../../wire/reader.ts';

/** The head of an HTTP/1 message, as far as following a download needs it. RFC 9112. */
export type HttpHead = {
  readonly kind: 'request' | 'response';
  readonly method?: string;
  /** Without query; percent signs decoded where they can be. */
  readonly path?: string;
  readonly status?: number;
  readonly reason?: string;
  /** Bytes of the body, where the head says so. */
  readonly contentLength?: number;
  /** Bytes of the head itself. */
  readonly length: number;
};

const requestLine = /^(GET|HEAD|POST|PUT|OPTIONS|DELETE) (\S+) HTTP\/1\.[01]$/;
const statusLine = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/;
/** Longer heads are nobody's. */
export const longestHead = 65_536;

/** Whether bytes can be the beginning of a message; also of a part of its first line. */
export function mayBeHttp(bytes: Uint8Array): boolean {
  const start = latin1(bytes.subarray(0, 8));
  const words = [
    'GET /',
    'HEAD /',
    'POST /',
    'PUT /',
    'OPTIONS ',
    'DELETE /',
    'HTTP/1.',
    'GET http',
  ];
  return words.some((word) => word.startsWith(start) || start.startsWith(word.slice(0, 8)));
}

/** Undefined while the head is not whole, `wrong` for what is no HTTP. */
export function readHttpHead(bytes: Uint8Array): HttpHead | undefined | 'wrong' {
  const text = latin1(bytes.subarray(0, longestHead));
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return mayBeHttp(bytes) && bytes.length < longestHead ? undefined : 'wrong';
  const [start = '', ...fields] = text.slice(0, end).split('\r\n');
  const length = end + 4;
  const contentLength = lengthIn(fields);
  const body = contentLength === undefined ? {} : { contentLength };
  const [, method, target] = requestLine.exec(start) ?? [];
  if (method !== undefined && target !== undefined)
    return { kind: 'request', method, path: pathOf(target), length, ...body };
  const [, status, reason = ''] = statusLine.exec(start) ?? [];
  if (status === undefined) return 'wrong';
  return { kind: 'response', status: Number(status), reason, length, ...body };
}

function lengthIn(fields: readonly string[]): number | undefined {
  for (const field of fields) {
    const [, length] = /^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*$/i.exec(field) ?? [];
    if (length !== undefined) return Number(length);
  }
  return undefined;
}

function pathOf(target: string): string {
  const path = target.replace(/^http:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
