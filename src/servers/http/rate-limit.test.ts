import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryFiles } from '../tftp/testing/memory-files.ts';
import { rawClient, received, settled, startServer, stored } from './testing/running-server.ts';

test('over its rate an address gets 429 and may ask again later; others are served', async (t) => {
  const rateLimit = { perSecond: 0.001, burst: 3 };
  const { port, server, problems } = await startServer(t, new MemoryFiles(stored), { rateLimit });
  const client = await rawClient(t, port);
  for (let each = 0; each < 5; each++) client.send('GET /small HTTP/1.1\r\nHost: a\r\n\r\n');
  client.send('HEAD /small HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  const answers = (await client.end()).toString('latin1');
  const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  assert.deepEqual(statuses, ['200', '200', '200', '429', '429', '429']);
  assert.match(answers, /Retry-After: 1\r\n/);
  assert.match(answers, /\r\n\r\nToo many requests; ask again in a second\n/);
  const other = await rawClient(t, port, '127.0.0.2');
  other.send('GET /small HTTP/1.1\r\nHost: a\r\n\r\n');
  assert.match(await received(other, 'small file'), /^HTTP\/1\.1 200 /);
  const { limited, sent } = await settled(server);
  assert.deepEqual([limited, sent], [3, 4]);
  assert.deepEqual(
    problems.map(({ code, text }) => [code, text]),
    [
      [
        'request-flood',
        'HTTP: request-flood: 127.0.0.1 asks for more than 0.001 requests a second, 3 at once; the rest is not served: GET /small',
      ],
    ],
  );
});
