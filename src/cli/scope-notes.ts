import type { WorkspaceConfig } from '../config.ts';
import type { Finding } from '../model/finding.ts';
import { nearestWord } from '../model/nearest-word.ts';

/** Labels that name a site or a group of which the workspace file, which has some, says nothing. */
export function scopeNotes(
  { sites, groups }: Pick<WorkspaceConfig, 'sites' | 'groups'>,
  { site = '', group = '' }: Readonly<Record<string, string>>,
): readonly Finding[] {
  const names = (text: string) => text.split(',').map((name) => name.trim());
  return [
    ...(site === '' ? [] : unknownScopes('site', [site], Object.keys(sites))),
    ...(group === '' ? [] : unknownScopes('group', names(group), Object.keys(groups))),
  ];
}

function unknownScopes(
  kind: 'site' | 'group',
  named: readonly string[],
  known: readonly string[],
): readonly Finding[] {
  if (known.length === 0) return [];
  return named
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestWord(name, known);
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      const text = `the workspace file has no ${kind} "${name}"${hint}`;
      const consequence = `The phone gets no settings of a ${kind}.`;
      return { code: 'label-without-scope', severity: 'warning', text, consequence };
    });
}
