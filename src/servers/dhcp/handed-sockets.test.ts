import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handedSockets } from './handed-sockets.ts';

const rows: readonly [string, Record<string, string>, ReturnType<typeof handedSockets>][] = [
  ['nothing handed over', {}, []],
  [
    'two with names',
    { LISTEN_PID: '7', LISTEN_FDS: '2', LISTEN_FDNAMES: 'eth0:eth1' },
    [
      { fd: 3, name: 'eth0' },
      { fd: 4, name: 'eth1' },
    ],
  ],
  ['one without a name', { LISTEN_PID: '7', LISTEN_FDS: '1' }, [{ fd: 3, name: '' }]],
  ['for another process', { LISTEN_PID: '8', LISTEN_FDS: '1' }, []],
  ['no number', { LISTEN_PID: '7', LISTEN_FDS: 'many' }, []],
  ['less than none', { LISTEN_PID: '7', LISTEN_FDS: '-1' }, []],
];

for (const [title, environment, expected] of rows)
  test(`sockets of systemd: ${title}`, () =>
    assert.deepEqual(handedSockets(environment, 7), expected));
