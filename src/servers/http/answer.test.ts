import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerWithFile, plainAnswer } from './answer.ts';
import type { RequestHeaders } from './conditions.ts';

const bytes = new Uint8Array(Buffer.from('0123456789'));
const modifiedAt = Date.UTC(2012, 4, 6, 7, 8, 9, 500);
const lastModified = 'Sun, 06 May 2012 07:08:09 GMT';
const tag = '"v2"';

function answer(headers: RequestHeaders, method = 'GET', more: { modifiedAt?: undefined } = {}) {
  const file = { path: 'SEP.cnf.xml', bytes, tag, modifiedAt, ...more };
  const { status, headers: given, body } = answerWithFile({ method, headers }, file);
  return { status, headers: given, text: Buffer.from(body).toString() };
}

test('a file comes with all that tells it apart', () => {
  assert.deepEqual(answer({}), {
    status: 200,
    headers: {
      'Content-Type': 'text/xml',
      'Content-Length': 10,
      'Accept-Ranges': 'bytes',
      'Last-Modified': lastModified,
      ETag: tag,
    },
    text: '0123456789',
  });
});

test('HEAD gives the same without the bytes, whatever the range', () => {
  const { status, headers, text } = answer({ range: 'bytes=0-1' }, 'HEAD');
  assert.deepEqual([status, headers, text], [200, answer({}).headers, '']);
});

test('without a time there is no Last-Modified, and no condition on it', () => {
  const generated = answer({ 'if-modified-since': lastModified }, 'GET', { modifiedAt: undefined });
  assert.equal(generated.status, 200);
  assert.ok(!('Last-Modified' in generated.headers));
});

test('a part says which part it is', () => {
  const { status, headers, text } = answer({ range: 'bytes=2-4' });
  assert.deepEqual([status, text], [206, '234']);
  assert.equal(headers['Content-Range'], 'bytes 2-4/10');
  assert.equal(headers['Content-Length'], 3);
});

test('what the file has not cannot be had', () => {
  const { status, headers } = answer({ range: 'bytes=10-' });
  assert.deepEqual([status, headers['Content-Range']], [416, 'bytes */10']);
});

const conditions: readonly (readonly [name: string, headers: RequestHeaders, status: number])[] = [
  ['the same tag', { 'if-none-match': '"v2"' }, 304],
  ['the same tag, weak', { 'if-none-match': 'W/"v2"' }, 304],
  ['one of several tags', { 'if-none-match': '"v1", "v2"' }, 304],
  ['any tag', { 'if-none-match': '*' }, 304],
  ['another tag', { 'if-none-match': '"v1"' }, 200],
  ['a tag without quotes', { 'if-none-match': 'v2' }, 200],
  [
    'another tag, which goes before the date',
    { 'if-none-match': '"v1"', 'if-modified-since': lastModified },
    200,
  ],
  ['the same date', { 'if-modified-since': lastModified }, 304],
  ['a later date', { 'if-modified-since': 'Mon, 07 May 2012 07:08:09 GMT' }, 304],
  ['an earlier date', { 'if-modified-since': 'Sun, 06 May 2012 07:08:08 GMT' }, 200],
  ['no date', { 'if-modified-since': 'yesterday' }, 200],
  ['the same tag and a range', { 'if-none-match': '"v2"', range: 'bytes=0-1' }, 304],
  ['a range of this tag', { 'if-range': '"v2"', range: 'bytes=0-1' }, 206],
  ['a range of another tag', { 'if-range': '"v1"', range: 'bytes=0-1' }, 200],
  ['a range of a weak tag', { 'if-range': 'W/"v2"', range: 'bytes=0-1' }, 200],
  ['a range of this date', { 'if-range': lastModified, range: 'bytes=0-1' }, 206],
  [
    'a range of another date',
    { 'if-range': 'Mon, 07 May 2012 07:08:09 GMT', range: 'bytes=0-1' },
    200,
  ],
  ['an impossible range of another tag', { 'if-range': '"v1"', range: 'bytes=10-' }, 200],
];

describe('conditions', () => {
  for (const [name, headers, status] of conditions)
    test(`${name}: ${status}`, () => {
      const given = answer(headers);
      assert.equal(given.status, status);
      assert.equal(given.headers.ETag, tag);
      if (status === 304) assert.equal(given.text, '');
    });
});

test('an answer without file has its length, and no body for HEAD', () => {
  const { headers, body } = plainAnswer('GET', 404);
  assert.equal(headers['Content-Length'], body.length);
  const head = plainAnswer('HEAD', 404);
  assert.deepEqual([head.headers, head.body.length], [headers, 0]);
});
