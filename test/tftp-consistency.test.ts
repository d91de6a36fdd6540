import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFileTree } from '../src/servers/file-tree.ts';
import { startTftpServer } from '../src/servers/tftp/server.ts';
import { TestClient, download } from '../src/servers/tftp/testing/client.ts';
import { treeFiles } from '../src/servers/tftp/testing/tree-files.ts';

const blockSize = 512;
const blocks = 40;
const size = blockSize * blocks - 1;
const limits = { maxFileBytes: 1_000_000, cacheBytes: 1_000_000 };

const changes: Record<string, (path: string) => void> = {
  'overwritten in place': (path) => writeFileSync(path, Buffer.alloc(size, 'new')),
  'replaced by another': (path) => {
    writeFileSync(`${path}.new`, Buffer.alloc(size, 'new'));
    renameSync(`${path}.new`, path);
  },
  'cut short': (path) => writeFileSync(path, 'new'),
  deleted: (path) => rmSync(path),
};

for (const workers of [1, 2])
  for (const [how, change] of Object.entries(changes))
    test(`a file ${how} during its transfer arrives whole as it was (threads: ${workers})`, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'hookflash-consistency-'));
      t.after(() => rmSync(folder, { recursive: true }));
      const path = join(folder, 'file');
      const old = Buffer.alloc(size, 'old');
      writeFileSync(path, old);
      const handler = treeFiles(await openFileTree(folder, limits));
      const server = await startTftpServer({ host: '127.0.0.1', port: 0, workers, handler });
      t.after(() => server.stop());
      const peer = server.addresses[0]!;

      await using client = await TestClient.open();
      client.ask('file', peer);
      const received: Uint8Array[] = [];
      for (let block = 1; block <= blocks; block++) {
        const { packet, from } = await client.next();
        assert(packet.kind === 'data');
        received.push(packet.data);
        if (block === blocks / 2) change(path);
        client.send({ kind: 'ack', block }, from);
      }
      assert(Buffer.concat(received).equals(old));

      const next = await download(peer, 'file');
      if (how === 'deleted') assert.equal('code' in next && next.code, 1);
      else assert('bytes' in next && Buffer.from(next.bytes).toString().startsWith('new'));
    });
