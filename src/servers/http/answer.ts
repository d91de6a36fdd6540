import { readRange } from './byte-range.ts';
import {
  isNotModified,
  rangeIsOfThis,
  type RequestHeaders,
  textOf,
  type Validators,
  wholeSeconds,
} from './conditions.ts';
import { contentType } from './content-type.ts';

/** An answer but for what Node adds: date and connection. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  /** Empty where none is due. */
  readonly body: Uint8Array;
};

export type FileFound = Validators & { readonly path: string; readonly bytes: Uint8Array };

/** What the handler has to know of a request. */
export type Question = { readonly method: string; readonly headers: RequestHeaders };

const noBody = new Uint8Array();

/** The file, a part of it, or why not. `Content-Length` is that of the body of a GET. */
export function answerWithFile({ method, headers }: Question, file: FileFound): Answer {
  const { bytes, modifiedAt } = file;
  const common = {
    'Content-Type': contentType(file.path),
    'Accept-Ranges': 'bytes',
    ETag: file.tag,
    ...(modifiedAt !== undefined && {
      'Last-Modified': new Date(wholeSeconds(modifiedAt)).toUTCString(),
    }),
  };
  const whole = { ...common, 'Content-Length': bytes.length };
  if (isNotModified(headers, file)) return { status: 304, headers: whole, body: noBody };
  if (method === 'HEAD') return { status: 200, headers: whole, body: noBody };
  const asked = rangeIsOfThis(headers, file) ? textOf(headers.range) : undefined;
  const range = asked === undefined ? 'ignored' : readRange(asked, bytes.length);
  if (range === 'ignored') return { status: 200, headers: whole, body: bytes };
  if (range === 'unsatisfiable')
    return plainAnswer(method, 416, { 'Content-Range': `bytes */${bytes.length}` });
  const body = bytes.subarray(range.start, range.end);
  const place = `bytes ${range.start}-${range.end - 1}/${bytes.length}`;
  const part = { ...common, 'Content-Length': body.length, 'Content-Range': place };
  return { status: 206, headers: part, body };
}

const texts: Readonly<Record<number, string>> = {
  400: 'Bad request',
  404: 'File not found',
  405: 'Only GET and HEAD are served',
  416: 'The file has no such bytes',
  417: 'No such expectation can be met',
  429: 'Too many requests; ask again in a second',
};

/** An answer without file, in a line of text. */
export function plainAnswer(method: string, status: number, more: Answer['headers'] = {}): Answer {
  const text = Buffer.from(`${texts[status] ?? ''}\n`);
  return {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': text.length,
      ...more,
    },
    body: method === 'HEAD' ? noBody : text,
  };
}
