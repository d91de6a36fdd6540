import type { Fact, Source, SourceFacts } from './source-facts.ts';
import { sourceFacts } from './source-facts.ts';

/** A broken rule; prints as `file:line: rule`. */
export type Violation = { readonly path: string; readonly line: number; readonly rule: string };

const belowFamilies = ['model', 'codec', 'wire'];
const belowServers = ['core', ...belowFamilies];
const belowFaces = ['config', 'errors', ...belowServers];
const belowApp = ['families', 'twin', 'servers', 'store', 'api', 'cli', ...belowFaces];

/** What each layer may import besides itself. Folders of the same rank never import each other. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  wire: [],
  codec: ['wire'],
  model: ['codec', 'wire'],
  core: belowFamilies,
  families: belowFamilies,
  twin: belowFamilies,
  servers: belowServers,
  store: belowServers,
  errors: belowFamilies,
  config: ['errors', ...belowFamilies],
  api: belowFaces,
  cli: belowFaces,
  app: belowApp,
  bin: ['app', ...belowApp],
};

const pure = ['wire', 'codec', 'model', 'families'];
const withoutClock = [...pure, 'core'];
const withoutVendor = ['core', 'model'];
const clocks = ['Date.now', 'new Date()', 'Math.random', 'performance.now'];
const outside = ['process.argv', 'process.env', 'process.exit', 'process.exitCode'];
const inputOutput =
  /^(node:)?(child_process|cluster|dgram|dns|fs|http|http2|https|net|os|process|readline|sqlite|timers|tls|worker_threads)(\/|$)/;

/** All rules over all sources. Test code answers only for its default exports. */
export function checkSources(sources: readonly Source[]): readonly Violation[] {
  const read = sources.map(sourceFacts);
  const product = read.filter(({ path }) => layerOf(path) !== 'test');
  return [
    ...read.flatMap(defaultExports),
    ...product.flatMap((source) => [
      ...layers(source),
      ...purity(source),
      ...vendorFolders(source),
      ...vendors(source),
      ...databases(source),
      ...surroundings(source),
      ...moduleState(source),
    ]),
    ...cycles(product),
  ];
}

/** `undefined` for a file that no layer holds; `test` for all that is not part of the product. */
function layerOf(path: string): string | undefined {
  if (/\.test\.ts$|\/testing\/|^(test|bench|scripts)\//.test(path)) return 'test';
  if (path.startsWith('bin/')) return 'bin';
  const name = /^src\/([^/.]+)(\/|\.ts$)/.exec(path)?.[1] ?? '';
  return Object.hasOwn(mayImport, name) ? name : undefined;
}

function isProjectFile(name: string): boolean {
  return name.endsWith('.ts');
}

function broken(
  { path }: SourceFacts,
  facts: readonly Fact[],
  rule: (text: string) => string,
): readonly Violation[] {
  return facts.map(({ line, text }) => ({ path, line, rule: rule(text) }));
}

function layers(source: SourceFacts): readonly Violation[] {
  const layer = layerOf(source.path);
  if (layer === undefined)
    return [{ path: source.path, line: 1, rule: 'no layer holds this file: test/layer-rules.ts' }];
  const allowed = mayImport[layer] ?? [];
  const wrong = source.imports.filter(({ text }) => {
    const target = layerOf(text);
    return isProjectFile(text) && target !== layer && !allowed.includes(target ?? '');
  });
  const list = allowed.length > 0 ? allowed.join(', ') : 'no other layer';
  return broken(source, wrong, (text) => `${layer} may import ${list}; not ${text}`);
}

/** Folders such as `families/cisco-7900` and `families/cisco-shared` are one vendor's. */
function vendorFolders(source: SourceFacts): readonly Violation[] {
  const own = folderOwner(source.path);
  if (own === undefined) return [];
  const wrong = source.imports.filter(({ text }) => {
    const other = folderOwner(text);
    return other !== undefined && other !== 'all' && other !== own;
  });
  const rule =
    own === 'all' ? 'families/shared imports no vendor' : `${own} imports no other vendor`;
  return broken(source, wrong, (text) => `${rule}; not ${text}`);
}

/** The vendor whose folder holds a file; `all` for `families/shared`. */
function folderOwner(path: string): string | undefined {
  if (path.startsWith('src/families/shared/')) return 'all';
  return /^src\/(?:families|twin)\/([^/-]+)-[^/]+\//.exec(path)?.[1];
}

function purity(source: SourceFacts): readonly Violation[] {
  const layer = layerOf(source.path) ?? '';
  const modules = source.imports.filter(
    ({ text }) => pure.includes(layer) && inputOutput.test(text),
  );
  const times = source.ambient.filter(
    ({ text }) => withoutClock.includes(layer) && clocks.includes(text),
  );
  return [
    ...broken(source, modules, (text) => `${layer} does no input or output; not ${text}`),
    ...broken(source, times, (text) => `${layer} gets clock and random as arguments; not ${text}`),
  ];
}

function vendors(source: SourceFacts): readonly Violation[] {
  if (!withoutVendor.includes(layerOf(source.path) ?? '')) return [];
  const named = source.literals.filter(({ text }) => /cisco|nortel|avaya/i.test(text));
  return broken(source, named, (text) => `core and model name no vendor; not "${text}"`);
}

function databases(source: SourceFacts): readonly Violation[] {
  if (layerOf(source.path) === 'store') return [];
  const used = source.imports.filter(({ text }) => /^(node:sqlite|kysely|pg)(\/|$)/.test(text));
  return broken(source, used, (text) => `only src/store knows the database; not ${text}`);
}

function surroundings(source: SourceFacts): readonly Violation[] {
  if (layerOf(source.path) === 'bin') return [];
  const used = source.ambient.filter(({ text }) => outside.includes(text));
  return broken(
    source,
    used,
    (text) => `only bin/ reads arguments, environment and exits; not ${text}`,
  );
}

function moduleState(source: SourceFacts): readonly Violation[] {
  return broken(source, source.moduleState, (text) => `no module state: ${text}`);
}

function defaultExports(source: SourceFacts): readonly Violation[] {
  return broken(source, source.defaultExports, () => 'no default exports');
}

/** One violation for each import that closes a circle, types included. */
function cycles(sources: readonly SourceFacts[]): readonly Violation[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const done = new Set<string>();
  const found: Violation[] = [];
  const visit = (source: SourceFacts, trail: readonly string[]) => {
    const { path, imports } = source;
    if (done.has(path)) return;
    const here = [...trail, path];
    for (const { text, line } of imports) {
      const from = here.indexOf(text);
      const next = byPath.get(text);
      if (from >= 0) found.push({ path, line, rule: `import cycle: ${circle(here.slice(from))}` });
      else if (next) visit(next, here);
    }
    done.add(path);
  };
  for (const source of sources) visit(source, []);
  return found;
}

function circle(paths: readonly string[]): string {
  return [...paths, paths[0]].join(' -> ');
}
