import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

type LockedPackage = {
  readonly resolved?: string;
  readonly license?: string;
};
type LockFile = { readonly packages: Readonly<Record<string, LockedPackage>> };

const root = join(import.meta.dirname, '..');

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Paths in node_modules, without the project itself. */
function lockedPackages(): readonly (readonly [path: string, entry: LockedPackage])[] {
  const { packages } = JSON.parse(read('package-lock.json')) as LockFile;
  return Object.entries(packages).filter(([path]) => path !== '');
}

test('the lockfile says what to install, not where from', () => {
  const packages = lockedPackages();
  assert.ok(packages.length > 50, 'the packages are found');
  const placed = packages.filter(([, { resolved }]) => resolved !== undefined);
  assert.deepEqual(
    placed.map(([path, { resolved }]) => `package-lock.json: ${path} comes from ${resolved}`),
    [],
  );
});

const configFiles = [
  ...['.npmrc', '.yarnrc', '.yarnrc.yml', 'package.json', 'tsconfig.json', '*.config.*'],
  ...['.ci/**', '.github/**', '.gitlab-ci.yml', 'Dockerfile*', 'scripts/**'],
];

/** Lines that name a registry by its host, or tell a package manager to use one. */
function registryLines(path: string, text: string): readonly string[] {
  const named =
    /registry\S*\s*[=:]\s*\S*\/\/|--registry|https?:\/\/[\w.-]*(registry|npm|pypi|verdaccio|nexus|artifactory)/i;
  return text
    .split('\n')
    .flatMap((line, index) => (named.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : []));
}

test('no config file names a registry', () => {
  const files = globSync(configFiles, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  assert.ok(files.includes('package.json'), 'the files are found');
  assert.deepEqual(
    files.flatMap((path) => registryLines(path, read(path))),
    [],
  );
});

test('a registry is found where there is one', () => {
  for (const line of [
    'registry=http://127.0.0.1:4873/',
    '@scope:registry = https://packages.example.org/',
    '"publishConfig": { "registry": "https://example.org" }',
    'npm ci --registry "$HOST"',
    'ENV NPM_CONFIG_REGISTRY=https://mirror.example.org',
    'curl https://registry.npmjs.org/yaml',
  ])
    assert.equal(registryLines('a', `x\n${line}\ny`).length, 1, line);
});

const permissive = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0'],
  ...['BlueOak-1.0.0', 'CC0-1.0', 'Python-2.0', 'Unlicense', 'Zlib'],
]);

/** Packages whose licence is none of those, with the reason why they may stay. */
const accepted: Readonly<Record<string, string>> = {};

function nameOf(path: string): string {
  return path.split('node_modules/').at(-1) ?? path;
}

/** What the package itself says; for another platform's, which is not installed, the lockfile. */
function licenceOf(path: string, entry: LockedPackage): string {
  const own = `${path}/package.json`;
  const stated: unknown = existsSync(join(root, own))
    ? (JSON.parse(read(own)) as { license?: unknown }).license
    : entry.license;
  return typeof stated === 'string' ? stated : `not stated: ${JSON.stringify(stated)}`;
}

/** Of an SPDX expression: one way of every OR, and every part of an AND. */
function isPermissive(expression: string): boolean {
  const bare = expression.replaceAll(/[()]/g, ' ');
  return bare
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => permissive.has(part.trim())));
}

test('every package may be used and passed on', () => {
  const refused = lockedPackages()
    .map(([path, entry]) => ({ path, name: nameOf(path), licence: licenceOf(path, entry) }))
    .filter(({ name, licence }) => !isPermissive(licence) && !Object.hasOwn(accepted, name))
    .map(({ path, licence }) => `${path}: licence ${licence}`);
  assert.deepEqual(refused, []);
});

test('an exception names a package that is there', () => {
  const names = lockedPackages().map(([path]) => nameOf(path));
  for (const name of Object.keys(accepted)) assert.ok(names.includes(name), name);
});

test('a licence is read as an expression', () => {
  for (const text of ['MIT', '(MIT OR GPL-2.0)', 'MIT AND ISC', 'BSD-2-Clause OR (MIT)'])
    assert.ok(isPermissive(text), text);
  for (const text of ['GPL-3.0', 'MIT AND GPL-2.0-only', 'UNLICENSED', 'MITX', ''])
    assert.ok(!isPermissive(text), text);
});
