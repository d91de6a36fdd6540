import type { Finding } from '../../model/finding.ts';
import { isPlainName } from './entry-name.ts';
import { baseName, isGrave, type LibraryFile } from './library-file.ts';

/** What becomes of a file that is to be imported. */
export type Admission =
  /** Goes into the library as `name`; `replaces` a file of other content there. */
  | {
      readonly kind: 'store';
      readonly name: string;
      readonly replaces?: string;
      readonly findings: readonly Finding[];
    }
  /** Is there already, byte for byte. */
  | { readonly kind: 'kept'; readonly name: string; readonly findings: readonly Finding[] }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] }
  /** No firmware: texts, scripts, settings of a package. */
  | { readonly kind: 'left out' };

/** What lies in the library under a name, or is about to. */
export type Holder = Pick<LibraryFile, 'path' | 'sha256' | 'firmware'>;

/**
 * `file.path` is where it came from. Files go by their own names: phones compare the name inside
 * with the one that they asked for.
 */
export function admit(
  file: LibraryFile,
  holderOf: (name: string) => Holder | undefined,
  mayReplace: boolean,
): Admission {
  const { path, firmware } = file;
  if (!firmware) return { kind: 'left out' };
  const { facts } = firmware;
  const place = { file: path };
  const findings = facts.findings.map((finding) => ({ ...mended(finding), place }));
  const name = facts.ownName ?? baseName(path);
  if (!isPlainName(name)) return refused([...findings, { ...strangeName(name), place }]);
  if (findings.some(isGrave)) return refused(findings);
  return placed(name, file, findings, holderOf, mayReplace);
}

/** A copy of another variant goes into a folder of its own. */
function placed(
  name: string,
  file: LibraryFile,
  findings: readonly Finding[],
  holderOf: (name: string) => Holder | undefined,
  mayReplace: boolean,
): Admission {
  const holder = holderOf(name);
  const place = { file: file.path };
  if (!holder) return { kind: 'store', name, findings };
  if (holder.sha256 === file.sha256) return { kind: 'kept', name: holder.path, findings };
  const variant = file.firmware?.facts.variant;
  const isOther = variant !== undefined && variant !== holder.firmware?.facts.variant;
  if (isOther && isPlainName(variant) && !name.includes('/'))
    return placed(`${variant}/${name}`, file, findings, holderOf, mayReplace);
  if (mayReplace) return { kind: 'store', name, replaces: holder.path, findings };
  return refused([...findings, { ...clash(name, holder.path), place }]);
}

function refused(findings: readonly Finding[]): Admission {
  return { kind: 'refused', findings };
}

const mendedSeverity: Readonly<Record<string, Finding['severity']>> = {
  'image-renamed': 'warning',
  'file-name-case': 'note',
};

/** A wrong name is put right by the import itself. */
function mended(finding: Finding): Finding {
  const severity = mendedSeverity[finding.code];
  if (severity === undefined) return finding;
  const { code, text } = finding;
  return { code, severity, text: `${text}; the library has it under its own` };
}

function strangeName(name: string): Finding {
  return {
    code: 'file-name-strange',
    severity: 'error',
    text: `it calls itself ${JSON.stringify(name)}, which is no name of a firmware file`,
    cure: 'Look where it comes from.',
  };
}

function clash(name: string, path: string): Finding {
  return {
    code: 'name-clash',
    severity: 'error',
    text: `${path} in the library is another file than this ${name}`,
    consequence: 'The one in the library stays.',
    cure: 'hookflash firmware show tells them apart; import with --replace to take this one.',
  };
}
