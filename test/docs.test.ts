import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { hookflash, startHookflash, temporaryFolder } from './hookflash-process.ts';

/**
 * The documents are run. Each page has a folder of its own with a fresh workspace in it; lines of
 * its `sh` blocks that begin with `hookflash` or `./hookflash` are run there in their order, other
 * lines are for people. HTML comments before a block say more:
 *
 * - `<!-- skip: reason -->` leaves it out;
 * - `<!-- run: exit 1 -->`: its last command ends with that code, all others with 0;
 * - `<!-- with: server -->` runs it beside a server, whose address stands as 127.0.0.1:6969 in it;
 *   the workspace has the lab's first phone and its firmware; `with: server DIR` serves DIR;
 * - `<!-- file: NAME -->` writes the block's text into that file;
 * - `<!-- output -->`: its lines are parts of lines that the block before has printed, in order.
 *
 * A command that serves until Ctrl-C is ended when it says so.
 */
type Block = {
  readonly line: number;
  readonly language: string;
  readonly text: string;
  readonly directives: ReadonlyMap<string, string>;
};

const root = fileURLToPath(new URL('..', import.meta.url));
const known = ['skip', 'run', 'with', 'file', 'output'];
const shownAddress = '127.0.0.1:6969';
const isCommand = /^(\.\/)?hookflash\s/;
const servesOn = /^(\.\/)?hookflash (serve|lab)\b/;
/** Of the machine, not of the test: what takes longer hangs. */
const limitMs = 300_000;

const pages = await markdownFiles(root);

async function markdownFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    const isHidden = /^(\.|node_modules$|hookflash-data$)/.test(entry.name);
    if (entry.isDirectory()) return isHidden ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
  return (await Promise.all(lists)).flat().sort();
}

/** The fenced blocks of a page, each with the comments that stand right before it. */
function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  let directives = new Map<string, string>();
  const lines = page.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!.trim();
    const [, name, value = ''] = /^<!-- ([a-z]+)(?:: (.*))? -->$/.exec(line) ?? [];
    if (name !== undefined) {
      assert.ok(known.includes(name), `line ${at + 1}: there is no "${name}"`);
      directives.set(name, value);
    } else if (line.startsWith('```')) {
      const end = lines.findIndex((each, index) => index > at && each.trim() === '```');
      assert.ok(end > at, `the block on line ${at + 1} has no end`);
      const text = lines.slice(at + 1, end).join('\n');
      blocks.push({ line: at + 1, language: line.slice(3), text, directives });
      at = end;
    }
    if (line !== '' && name === undefined) directives = new Map();
  }
  return blocks;
}

type Page = { readonly folder: string; readonly bin: string };
type Ran = { readonly code: number | null; readonly output: string };

async function runPage(t: TestContext, blocks: readonly Block[]): Promise<void> {
  const page = await freshPage(t);
  let skipped = 0;
  let output = '';
  for (const block of blocks) {
    const { directives, text, line } = block;
    const file = directives.get('file');
    if (file !== undefined) await writeFile(join(page.folder, file), `${text}\n`);
    if (directives.has('output')) assertShows(output, block);
    if (block.language !== 'sh') continue;
    if (directives.has('skip')) {
      skipped++;
      t.diagnostic(`line ${line} skipped: ${directives.get('skip')}`);
    } else output = await runBlock(t, page, block);
  }
  if (skipped > 0) t.diagnostic(`${skipped} skipped`);
}

/** `hookflash` is on the path of what the page runs. */
async function freshPage(t: TestContext): Promise<Page> {
  const home = await temporaryFolder(t);
  const page = { folder: join(home, 'page'), bin: join(home, 'bin') };
  await mkdir(page.bin);
  const program = join(page.bin, 'hookflash');
  const script = join(root, 'bin/hookflash.ts');
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  await chmod(program, 0o755);
  const { code, err } = await hookflash('init', page.folder);
  assert.equal(code, 0, err);
  return page;
}

async function runBlock(t: TestContext, page: Page, block: Block): Promise<string> {
  const server = await serverBeside(t, page, block);
  const output = await runCommands(t, page, block, server?.address ?? shownAddress);
  if (server) assert.equal(await server.end(), 0);
  return output;
}

async function runCommands(
  t: TestContext,
  page: Page,
  block: Block,
  address: string,
): Promise<string> {
  const lines = block.text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  const commands = lines.filter((line) => isCommand.test(line));
  const rest = lines.length - commands.length;
  if (rest > 0) t.diagnostic(`line ${block.line}: ${rest} lines of other programs are not run`);
  const wanted = Number(/^exit (\d+)$/.exec(block.directives.get('run') ?? 'exit 0')?.[1]);
  const outputs: string[] = [];
  for (const [index, command] of commands.entries()) {
    const { code, output } = await runCommand(page, command.replace(shownAddress, address));
    const expected = index === commands.length - 1 ? wanted : 0;
    assert.equal(code, expected, `line ${block.line}: ${command}\n${output}`);
    outputs.push(output);
  }
  return outputs.join('');
}

async function serverBeside(t: TestContext, page: Page, block: Block) {
  const [word, dir = 'lab'] = (block.directives.get('with') ?? '').split(' ');
  if (word === '') return undefined;
  assert.equal(word, 'server', `line ${block.line}: there is no "with: ${word}"`);
  const workspace = join(page.folder, dir);
  if (!existsSync(workspace)) await stockLikeLab(workspace);
  const server = startHookflash(t, 'serve', '--tftp', '127.0.0.1:0', '--dir', workspace);
  const { listen } = await server.line((line) => line.event === 'ready');
  return { address: (listen as { readonly tftp: string }).tftp, end: () => server.end() };
}

/** The first phone of `npm start`, which the README speaks of. */
async function stockLikeLab(dir: string): Promise<void> {
  const image = 'P0S3-08-12-00';
  for (const args of [
    ['init', dir],
    ['firmware', 'synth', image, '--out', join(dir, 'firmware')],
    ['phone', 'add', '02:00:00:00:00:01', '--model', '7960', '--image', image, '--dir', dir],
  ]) {
    const { code, err } = await hookflash(...args);
    assert.equal(code, 0, err);
  }
}

async function runCommand(page: Page, command: string): Promise<Ran> {
  const listens = [...command.matchAll(/--tftp (\d[\d.]*)/g)].map(([, address]) => address!);
  for (const address of listens)
    assert.match(address, /^127\./, `${command}: only loopback here, else skip it`);
  const run = command.replace(/^\.\//, '');
  const child = spawn('/bin/sh', ['-c', servesOn.test(run) ? `exec ${run}` : run], {
    cwd: page.folder,
    env: { ...process.env, PATH: `${page.bin}:${process.env.PATH ?? ''}`, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
  });
  let output = '';
  const take = (text: Buffer) => {
    output += text.toString();
    if (servesOn.test(run) && /Ctrl-C/.test(output)) child.kill('SIGINT');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  // The signal may come before the program listens for it.
  return { code: signal === 'SIGINT' ? 0 : code, output };
}

function assertShows(output: string, { line, text }: Block): void {
  const printed = output.split('\n');
  let from = 0;
  for (const part of text.split('\n').map((each) => each.trim())) {
    if (part === '') continue;
    const found = printed.findIndex((each, index) => index >= from && each.includes(part));
    assert.ok(found >= 0, `line ${line}: "${part}" is not printed, or not there, in\n${output}`);
    from = found;
  }
}

describe('what the documents tell to run does what they say', { concurrency: 2 }, () => {
  for (const path of pages)
    test(relative(root, path), async (t) => {
      const blocks = blocksOf(await readFile(path, 'utf8'));
      if (blocks.some(({ language }) => language === 'sh')) await runPage(t, blocks);
    });
});

/** Without fenced blocks and code. */
function prose(page: string): string {
  return page.replace(/^ *```[\s\S]*?^ *```$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): readonly string[] {
  const headings = page.replace(/^ *```[\s\S]*?^ *```$/gm, '').matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, text]) =>
    text!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('links lead to files and headings that are there', async () => {
  const broken: string[] = [];
  for (const path of pages) {
    const page = await readFile(path, 'utf8');
    // A link's text may be code; only its target counts.
    for (const [, link] of prose(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/i.test(link!)) continue;
      const [file = '', anchor] = decodeURI(link!).split('#');
      const target = file === '' ? path : join(dirname(path), file);
      const isThere =
        existsSync(target) &&
        (anchor === undefined || anchorsOf(await readFile(target, 'utf8')).includes(anchor));
      if (!isThere) broken.push(`${relative(root, path)}: ${link}`);
    }
  }
  assert.deepEqual(broken, []);
});

/** Functions whose first text is the code of a note or a refusal. */
const makers = new Set([
  ...['note', 'noteAt', 'refusal', 'impossible', 'step', 'finding'],
  'PackageError',
]);

const neverShown: Readonly<Record<string, string>> = {
  custom: "zod's word for a problem whose text alone is shown",
};

/** Codes of findings, notes, refusals and problems in a source. */
function codesIn(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const codes: string[] = [];
  const visit = (node: ts.Node): void => {
    const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
    if (isCall && makers.has(node.expression.getText())) {
      const first = node.arguments?.find((argument) => ts.isStringLiteral(argument));
      if (first) codes.push(first.text);
    }
    const isCode =
      (ts.isPropertyAssignment(node) || ts.isPropertySignature(node)) &&
      node.name.getText() === 'code';
    if (isCode) codes.push(...literalsIn(ts.isPropertyAssignment(node) ? node.initializer : node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return codes.filter((code) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code));
}

/** The literals of a value or of a union type. */
function literalsIn(node: ts.Node): readonly string[] {
  if (ts.isStringLiteral(node)) return [node.text];
  if (ts.isCallExpression(node) || ts.isIdentifier(node)) return [];
  return node.getChildren().flatMap(literalsIn);
}

async function allCodes(): Promise<ReadonlySet<string>> {
  const codes = new Set<string>();
  const all = await readdir(join(root, 'src'), { recursive: true });
  for (const path of all.filter((each) => /\.ts$/.test(each) && !/\.test\.ts$|testing/.test(each)))
    for (const code of codesIn(path, await readFile(join(root, 'src', path), 'utf8')))
      codes.add(code);
  return codes;
}

test('every code that operators can meet is in the documents, and no other', async () => {
  const codes = await allCodes();
  for (const known of ['curly-quotes', 'no-template', 'signed-no-downgrade', 'single-thread'])
    assert.ok(codes.has(known), `${known} is not found in src any more`);
  const docs = pages.filter((path) => relative(root, path).startsWith('docs'));
  const text = (await Promise.all(docs.map((path) => readFile(path, 'utf8')))).join('\n');
  const missing = [...codes].filter((code) => !text.includes(`\`${code}\``));
  assert.deepEqual(missing.sort(), Object.keys(neverShown).sort());
  const listed = [...text.matchAll(/^\| code .*\n(?:\|.*\n)+/gm)].flatMap(([table]) =>
    [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code!),
  );
  assert.deepEqual(
    listed.filter((code) => !codes.has(code)),
    [],
  );
});
