import type { Finding, Fix } from '../../model/finding.ts';

/** A fix and the finding that it mends. */
export type Mending<Kind extends Fix['kind'] = Fix['kind']> = {
  readonly finding: Finding;
  readonly fix: Extract<Fix, { kind: Kind }>;
};

export type MendedText = { readonly text: string; readonly done: readonly Mending<'replace'>[] };

/** The fixes of findings, of one kind. */
export function mendings<Kind extends Fix['kind']>(
  findings: readonly Finding[],
  kind: Kind,
): readonly Mending<Kind>[] {
  return findings.flatMap((finding) => {
    const { fix } = finding;
    if (fix?.kind !== kind) return [];
    return [{ finding, fix: fix as Extract<Fix, { kind: Kind }> }];
  });
}

/**
 * Replaces what the findings of one text say, from its beginning on; of two that overlap the first
 * one is done. All else stays as it is.
 */
export function mendText(text: string, findings: readonly Finding[]): MendedText {
  const done: Mending<'replace'>[] = [];
  const parts: string[] = [];
  let end = 0;
  const inOrder = mendings(findings, 'replace').toSorted((a, b) => a.fix.offset - b.fix.offset);
  for (const mending of inOrder) {
    const { offset, length, text: by } = mending.fix;
    if (offset < end || offset + length > text.length) continue;
    parts.push(text.slice(end, offset), by);
    end = offset + length;
    done.push(mending);
  }
  return { text: [...parts, text.slice(end)].join(''), done };
}
