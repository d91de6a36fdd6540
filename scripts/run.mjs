// The one entry of every npm script. Runs on whatever Node npm runs on, sets up what is missing
// (packages, the pinned Node, system packages for tests), then runs the task on the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingSystemPackages, installSystemPackages } from './system-packages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.hookflash-setup');
const pinned = join(root, 'node_modules', '.bin', 'node');

function fail(message) {
  process.stderr.write(`hookflash: ${message}\n`);
  process.exit(1);
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function ensurePackages() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return;
  process.stderr.write('hookflash: installing packages (once) …\n');
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const done = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (done.status !== 0) fail('npm ci failed; its own message is above');
  writeFileSync(stamp, lockHash());
}

function nodePath() {
  const local = spawnSync(pinned, ['--version'], { encoding: 'utf8' });
  if (local.status === 0) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    `Node 24 or newer is needed. This is ${process.version}, and the npm package "node", which brings it, did not install its program (its install script may be blocked: npm rebuild node).`,
  );
}

function filesEndingWith(folder, ending) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesEndingWith(path, ending);
    return name.endsWith(ending) ? [relative(root, path)] : [];
  });
}

function testFiles(chosen) {
  if (chosen.length > 0) return chosen;
  return ['src', 'test'].flatMap((name) => filesEndingWith(join(root, name), '.test.ts')).sort();
}

function bin(name) {
  return join('node_modules', name);
}

const checks = () => [
  [bin('@typescript/native/bin/tsc'), '-p', '.'],
  [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'],
  [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
];

/** Each task is a list of argument lists for Node, run in turn until one fails. */
const tasks = {
  start: (rest) => [['bin/hookflash.ts', 'lab', '--dir', 'hookflash-data', ...rest]],
  hookflash: (rest) => [[join(root, 'bin/hookflash.ts'), ...rest]],
  check: checks,
  test: (rest) => [
    ...checks(),
    ['--test', '--test-reporter=spec', '--test-concurrency=2', ...testFiles(rest)],
  ],
  soak: (rest) => filesEndingWith(join(root, 'test'), '.soak.ts').map((file) => [file, ...rest]),
  bench: (rest) => filesEndingWith(join(root, 'bench'), '.bench.ts').map((file) => [file, ...rest]),
  format: () => [[bin('prettier/bin/prettier.cjs'), '--write', '--log-level', 'warn', '.']],
};

function run(node, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(node, args, {
      cwd,
      stdio: 'inherit',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    // A terminal sends Ctrl-C to the whole group: the child ends itself, and we report its end.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    child.on('error', (cause) => fail(`cannot run ${node}: ${cause.message}`));
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

const [name = '', ...rest] = process.argv.slice(2);
const task = tasks[name];
if (!task) fail(`no task "${name}"; there are ${Object.keys(tasks).join(', ')}`);
ensurePackages();
if (['test', 'soak', 'bench'].includes(name)) {
  const missing = missingSystemPackages();
  if (missing.length > 0) installSystemPackages(missing);
}
const node = nodePath();
for (const args of task(rest)) {
  // Paths on the command line are the caller's.
  const code = await run(node, args, name === 'hookflash' ? process.cwd() : root);
  if (code !== 0) process.exit(code);
}
