// Our server in a process of its own: node tftp-server.ts FOLDER THREADS. Tells its parent where it is.
import { openFileTree } from '../src/servers/file-tree.ts';
import { noRateLimit } from '../src/servers/rate-limit.ts';
import { startTftpServer } from '../src/servers/tftp/server.ts';
import { treeFiles } from '../src/servers/tftp/testing/tree-files.ts';

const [folder = '.', workers = '1'] = process.argv.slice(2);
const tree = await openFileTree(folder, { maxFileBytes: 2 ** 30, cacheBytes: 2 ** 28 });
const handler = treeFiles(tree);
const server = await startTftpServer({
  host: '127.0.0.1',
  port: 0,
  workers: Number(workers),
  handler,
  rateLimit: noRateLimit,
});
process.send?.(server.addresses[0]);
process.on('disconnect', () => process.exit());
