// A million bad datagrams against the TFTP server: node test/tftp-fuzz.soak.ts [--datagrams N] [--seed N] [--workers N]
import { parseArgs } from 'node:util';
import { fuzzTftpServer } from './tftp-fuzz.ts';

const { values } = parseArgs({
  options: {
    datagrams: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
    workers: { type: 'string', default: '1' },
  },
});
const options = {
  datagrams: Number(values.datagrams),
  seed: Number(values.seed),
  workers: Number(values.workers),
};
const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;

console.log(
  `TFTP: ${options.datagrams} bad datagrams, seed ${options.seed}, threads ${options.workers}`,
);
const report = await fuzzTftpServer(options);
const { stats, failures } = report;
console.log(`
  took            ${report.seconds.toFixed(1)} s
  sent            ${report.sent} datagrams to the port, ${report.lost} of them not counted
  counted         ${stats.requests} requests, ${stats.duplicates} duplicates, ${stats.refused} refused, ${stats.malformed} malformed, ${stats.ignored} ignored
  requests        ${stats.sent} sent, ${stats.missing} missing, ${stats.aborted} aborted, ${stats.timedOut} timed out, ${stats.dropped} dropped
  at transfers    ${stats.strays} strays, ${stats.retries} retries
  good transfers  ${report.downloads}
  memory          heap grew by ${megabytes(report.heapGrowth)}, process by ${megabytes(report.rssGrowth)} since warm-up
  left over       ${stats.open} transfers; ${report.leftOver.join(', ') || 'no sockets, timers, threads'}
`);
for (const failure of failures) console.log(`  FAILED: ${failure}`);
console.log(failures.length === 0 ? '  passed' : `  ${failures.length} checks failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
