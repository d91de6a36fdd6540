import { createReadStream } from 'node:fs';
import type { PathProblem } from '../../core/firmware/entry-name.ts';
import type { OpenedPackage } from '../../core/firmware/firmware-folder.ts';
import type { Finding } from '../../model/finding.ts';
import { budgetOf, type Budget, type PackageLimits } from './limits.ts';
import { asPackageError, PackageError } from './package-error.ts';
import { packageType, type PackageType } from './package-type.ts';
import type { Source } from './sources.ts';
import type { Staged, Staging } from './staging.ts';
import { unpackTar } from './unpack-tar.ts';
import { unpackZip } from './unpack-zip.ts';
import type { Unpacking } from './unpack.ts';

/** A file that is whole and waits for its place. */
export type StagedFile = { readonly path: string; readonly staged: Staged };

/** A source with all that is in it. */
export type OpenedSource = {
  readonly files: readonly StagedFile[];
  readonly findings: readonly Finding[];
  readonly packages: readonly Omit<OpenedPackage, 'intended'>[];
};

export type OpeningOptions = {
  readonly staging: Staging;
  readonly limits: PackageLimits;
  /** Bytes of the source that were read. */
  readonly onRead: (bytes: number) => void;
};

/** Rejects with a PackageError for a package that cannot be opened whole. */
export async function openSource(source: Source, options: OpeningOptions): Promise<OpenedSource> {
  const budget = budgetOf(options.limits, source.size);
  const type = await packageType(source.file, source.shown);
  if (type) return openPackage(source, type, options, budget, undefined);
  budget.file(source.size);
  const { file, shown } = source;
  const staged = await options.staging.put(read(file, options.onRead), budget);
  return { files: [{ path: shown, staged }], findings: [], packages: [] };
}

async function* read(file: string, onRead: (bytes: number) => void) {
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    onRead(chunk.length);
    yield chunk;
  }
}

const typeNames = { zip: 'zip', tar: 'tar', gzip: 'tar.gz' } as const;

async function openPackage(
  source: Source,
  { type, start, signer }: PackageType,
  options: OpeningOptions,
  budget: Budget,
  outer: PackageType | undefined,
): Promise<OpenedSource> {
  const { file, shown, size } = source;
  const found: StagedFile[] = [];
  const findings: Finding[] = [];
  const to: Unpacking = {
    ...{ file, size, budget, onRead: outer ? () => undefined : options.onRead },
    put: (content) => options.staging.put(content, budget),
    found: (path, staged) => void found.push({ path: `${shown}/${path}`, staged }),
    refused: (path, why) => void findings.push(refusal(`${shown}/${path}`, why)),
  };
  await (type === 'zip' ? unpackZip(to) : unpackTar(to, start, type === 'gzip')).catch(
    (error: unknown) => {
      throw asPackageError(error);
    },
  );
  const opened = { path: shown, type: typeNames[type], ...(signer !== undefined && { signer }) };
  const inner = await openInner(found, { type, start }, options, budget, outer);
  return {
    files: inner.files,
    findings: [...findings, ...inner.findings],
    packages: [opened, ...inner.packages],
  };
}

/** A zip may hold `.cop` files; nothing else may hold a package. */
async function openInner(
  files: readonly StagedFile[],
  type: PackageType,
  options: OpeningOptions,
  budget: Budget,
  outer: PackageType | undefined,
): Promise<OpenedSource> {
  const all: OpenedSource[] = [];
  for (const each of files) {
    const { path, staged } = each;
    const inner = await packageType(staged.file, path);
    if (!inner) {
      all.push({ files: [each], findings: [], packages: [] });
      continue;
    }
    if (outer || type.type !== 'zip' || inner.type === 'zip')
      throw new PackageError('package-nested', `${path} is a package in a package`);
    const source = { file: staged.file, shown: path, size: staged.size };
    all.push(await openPackage(source, inner, options, budget, type));
  }
  return {
    files: all.flatMap((each) => each.files),
    findings: all.flatMap((each) => each.findings),
    packages: all.flatMap((each) => each.packages),
  };
}

function refusal(path: string, why: PathProblem | 'link' | 'special'): Finding {
  const place = { file: path };
  if (why === 'link' || why === 'special') {
    const text = why === 'link' ? 'it is a link' : 'it is no plain file';
    const consequence = 'It is not taken; the rest of the package is.';
    return { code: 'package-link', severity: 'error', text, place, consequence };
  }
  return {
    code: 'package-path',
    severity: 'error',
    text: `its path is not allowed in a package: ${pathWords[why]}`,
    place,
    consequence: 'It is not taken; the rest of the package is.',
    cure: 'Look where the package comes from: no vendor makes such ones.',
  };
}

const pathWords: Readonly<Record<PathProblem, string>> = {
  empty: 'it is empty',
  absolute: 'it begins at the root',
  parent: 'it leads out with ..',
  backslash: 'it has a backslash',
  'control character': 'it has a control character',
};
