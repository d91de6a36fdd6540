import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { happenings } from '../testing/observed-capture.ts';
import { staged, type Stage } from '../testing/staged-capture.ts';

const { server } = staged;
const get = (name: string): string => `GET /${name} HTTP/1.1\r\nHost: ${server}:6970\r\n\r\n`;

describe('HTTP', () => {
  const web = (name: string, end: object) => [
    { kind: 'file-asked', protocol: 'http', path: `/${name}`, server, port: 51_000 },
    { kind: 'file-ended', protocol: 'http', path: `/${name}`, end },
  ];
  const open = (on: Stage): void => {
    on.tcp({ fromPort: 51_000, toPort: 6970, sequence: 100, flags: ['syn'] });
    on.tcp({
      fromPort: 6970,
      toPort: 51_000,
      sequence: 900,
      flags: ['syn', 'ack'],
      fromServer: true,
    });
  };
  const say = (on: Stage, sequence: number, text: string): void =>
    on.tcp({ fromPort: 51_000, toPort: 6970, sequence, text });
  const answer = (on: Stage, sequence: number, text: string): void =>
    on.tcp({ fromPort: 6970, toPort: 51_000, sequence, text, fromServer: true });

  test('two requests on a connection, one missing, in pieces and out of order', async () => {
    const missing = 'HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone';
    const found = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nabcdef';
    const seen = await happenings((on) => {
      open(on);
      say(on, 101, get('a').slice(0, 5));
      say(on, 106, get('a').slice(5));
      answer(on, 901, missing.slice(0, 44));
      answer(on, 901 + missing.length, found);
      answer(on, 945, missing.slice(44));
      say(on, 101 + get('a').length, get('b%20c'));
    });
    assert.deepEqual(seen, [
      ...web('a', { kind: 'error', code: 404, text: 'Not Found' }),
      { kind: 'file-ended', protocol: 'http', end: { kind: 'sent', bytes: 6 } },
      web('b c', {})[0],
    ]);
  });

  test('without a length the body ends with the connection', async () => {
    const seen = await happenings((on) => {
      open(on);
      say(on, 101, get('a'));
      answer(on, 901, 'HTTP/1.0 200 OK\r\n\r\nabc');
      on.tcp({
        fromPort: 6970,
        toPort: 51_000,
        sequence: 923,
        flags: ['fin', 'ack'],
        fromServer: true,
      });
    });
    assert.deepEqual(seen, web('a', { kind: 'sent', bytes: 3 }));
  });

  test('a connection torn down by the phone', async () => {
    const seen = await happenings((on) => {
      open(on);
      say(on, 101, get('a'));
      answer(on, 901, 'HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nabc');
      on.tcp({ fromPort: 51_000, toPort: 6970, sequence: 200, flags: ['rst'] });
    });
    const text = 'the client closed the connection after 3 bytes';
    assert.deepEqual(seen, web('a', { kind: 'aborted', text }));
  });
});
