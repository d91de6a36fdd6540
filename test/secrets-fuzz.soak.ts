// 100,000 attempts to get at secrets: node test/secrets-fuzz.soak.ts [--attempts N] [--seed N]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzSecrets } from './secrets-fuzz.ts';

const { values } = parseArgs({
  options: {
    attempts: { type: 'string', default: '100000' },
    seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
  },
});
const [attempts, seed] = [Number(values.attempts), Number(values.seed)];
console.log(`Secrets: ${attempts} attempts, seed ${seed}`);
const folder = await mkdtemp(join(tmpdir(), 'hookflash-'));
const report = await fuzzSecrets({ attempts, seed, folder }).finally(() =>
  rm(folder, { recursive: true }),
);
console.log(`  ${report.answered} answered with a file, ${report.bytes} bytes looked at`);
for (const failure of report.failures) console.log(`  FAILED: ${failure}`);
console.log(report.failures.length === 0 ? '  passed' : '  failed');
process.exitCode = report.failures.length === 0 ? 0 : 1;
