import { whyRows, withoutSecrets } from '../core/origin-words.ts';
import { fileChanges, type FileChange } from '../core/file-changes.ts';
import { showTextBy, type ShowText } from '../core/shown-text.ts';
import { look, samePath } from '../core/view.ts';
import { AppError } from '../errors.ts';
import type { Rendered } from '../model/render.ts';
import type { Mac } from '../wire/mac.ts';
import type { Cli } from './command.ts';
import type { Workspace } from './operations.ts';
import type { View } from './render-view.ts';
import { table } from './table.ts';

type What = { readonly path: string | undefined; readonly json: boolean | undefined };

/** Each value with where it comes from. */
export function showWhy({ io }: Cli, { rendered }: View, { path, json }: What): void {
  const shown = path === undefined ? rendered : only(rendered, path);
  if (json) {
    const { defaults, findings } = shown;
    return io.out(JSON.stringify({ files: withoutSecrets(shown.files), defaults, findings }));
  }
  for (const [index, { title, rows }] of whyRows(shown).entries()) {
    if (index > 0) io.out('');
    io.out(title);
    if (rows.length > 0) io.out(table(['  value', 'is', 'from'], rows.map(indented)));
  }
}

function indented(row: readonly [string, string, string]): readonly string[] {
  const [key, value, from] = row;
  return [`  ${key}`, value, from];
}

/** The file of that path alone; defaults are of all files together and left out. */
function only({ files, findings }: Rendered, path: string): Rendered {
  const file = files.find((candidate) => samePath(candidate.path) === samePath(path));
  if (!file) throw notGenerated(files, path);
  return { files: [file], defaults: [], findings };
}

export function notGenerated(files: Rendered['files'], path: string): AppError {
  const names = files.map((candidate) => candidate.path).join(', ');
  const gets = names === '' ? 'it gets none' : `it gets ${names}`;
  return new AppError('not-found', `"${path}" is not generated for this phone; ${gets}`);
}

/** What would change against what the phone took last. */
export async function showDiff(
  { io, ops }: Cli,
  workspace: Workspace,
  mac: Mac,
  view: View,
  { path, json }: What,
): Promise<void> {
  const all = await changesFor(workspace, mac, view, showTextBy(ops.families));
  const wanted = (change: FileChange) =>
    path === undefined || samePath(change.path) === samePath(path);
  const changes = all.filter(wanted);
  if (json) return io.out(JSON.stringify({ changes }));
  for (const change of changes) for (const line of linesFor(change)) io.out(line);
  if (changes.length === 0) io.out('There is nothing to compare.');
}

async function changesFor(
  workspace: Workspace,
  mac: Mac,
  { rendered, absent }: View,
  show: ShowText,
): Promise<readonly FileChange[]> {
  const { store } = workspace;
  const served = await store.servedList(mac);
  const paths = new Map(
    [...served, ...rendered.files].map((file) => [samePath(file.path), file.path]),
  );
  const handMade = {
    read: async (name: string) => {
      const bytes = await workspace.handMadeFile(name);
      return bytes && { bytes, name };
    },
  };
  const trees = { handMade, library: { read: () => Promise.resolve(undefined) } };
  const now = [...paths.values()].map(async (name) => ({
    path: name,
    bytes: (await look(name, trees, rendered.files, absent))?.bytes,
  }));
  return fileChanges(served, await Promise.all(now), await lastRequests(workspace, mac), show);
}

async function lastRequests({ store }: Workspace, mac: Mac) {
  const boots = await store.bootList(mac, 5);
  return (await Promise.all(boots.map(({ id }) => store.requestList(id)))).flat();
}

function linesFor({ path, state, at, diff }: FileChange): readonly string[] {
  const when = at === undefined ? '' : `, taken ${new Date(at).toISOString()}`;
  switch (state) {
    case 'same':
      return [`same     ${path}${when}`];
    case 'new':
      return [`new      ${path}, never taken`];
    case 'gone':
      return [`gone     ${path}${when}`];
    case 'changed':
      return diff === undefined
        ? [`changed  ${path}${when}; not as text`]
        : [`changed  ${path}${when}`, ...diff.split('\n').map((line) => `  ${line}`)];
  }
}
