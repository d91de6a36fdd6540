import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { admit, type Holder } from '../../core/firmware/admission.ts';
import type {
  ImportedFile,
  ImportOptions,
  ImportReport,
  OpenedPackage,
} from '../../core/firmware/firmware-folder.ts';
import { importFindings } from '../../core/firmware/import-findings.ts';
import {
  baseName,
  isCopy,
  libraryFile,
  type LibraryFile,
} from '../../core/firmware/library-file.ts';
import type { PhoneFamily } from '../../model/family.ts';
import type { IntendedImage } from '../../model/firmware-file.ts';
import type { PackageLimits } from './limits.ts';
import { openSource, type OpenedSource, type StagedFile } from './open-source.ts';
import { PackageError } from './package-error.ts';
import { sourcesOf, type Source, type Sources } from './sources.ts';
import { Staging } from './staging.ts';

export type ImportContext = {
  /** Of the library. */
  readonly root: string;
  readonly families: readonly PhoneFamily[];
  readonly limits: PackageLimits;
  /** What lies in the library. */
  readonly files: readonly LibraryFile[];
  /** Milliseconds since the epoch. */
  readonly now: number;
};

type Report = { -readonly [Key in keyof ImportReport]: ImportReport[Key][number][] };

/** Where a file of an import goes. */
type Place = { readonly from: string; readonly name: string; readonly replaces?: string };

/** Each file of a folder and each package is taken whole or not at all. */
export async function importFirmware(
  context: ImportContext,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportReport> {
  const report: Report = { stored: [], kept: [], leftOut: [], packages: [], findings: [] };
  const sources = await allSources(context, paths, report);
  const staging = await Staging.open(context.root, context.now);
  try {
    const importer = createImporter(context, staging, options, report, totalOf(sources));
    for (const each of sources) {
      for (const source of each.files) await importer(source);
      report.findings.push(...each.findings);
    }
  } finally {
    await staging.close();
  }
  return { ...report, findings: [...report.findings, ...importFindings(context.families, report)] };
}

async function allSources(
  { limits }: ImportContext,
  paths: readonly string[],
  report: Report,
): Promise<readonly Sources[]> {
  const all: Sources[] = [];
  for (const path of paths)
    await sourcesOf(path, limits.entries)
      .then((sources) => all.push(sources))
      .catch(tell(report, path));
  return all;
}

/** A package that cannot be opened is a finding; what the disk does not give ends the import. */
function tell(report: Report, path: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof PackageError)) throw error;
    report.findings.push(error.finding(path));
  };
}

function totalOf(sources: readonly Sources[]): number {
  return sources.flatMap(({ files }) => files).reduce((sum, { size }) => sum + size, 0);
}

function createImporter(
  context: ImportContext,
  staging: Staging,
  { replace = false, onAdvance }: ImportOptions,
  report: Report,
  total: number,
): (source: Source) => Promise<void> {
  const { root, families, limits } = context;
  const holders = new Map<string, Holder>();
  for (const file of context.files)
    if (!file.path.includes('/') || isCopy(file)) holders.set(file.path.toLowerCase(), file);
  let done = 0;

  async function take({ files, findings, packages }: OpenedSource): Promise<void> {
    report.findings.push(...findings);
    const intended: IntendedImage[] = [];
    for (const file of files) {
      const bytes = await readFile(file.staged.file);
      const name = baseName(file.path);
      intended.push(...families.flatMap(({ firmware }) => firmware.intended(name, bytes)));
      await settle(file, libraryFile(families, file.path, bytes));
    }
    for (const { staged } of files) await rm(staged.file, { force: true });
    const [first, ...others] = packages;
    if (first) report.packages.push({ ...first, intended }, ...others.map(withoutIntention));
  }

  async function settle({ staged }: StagedFile, file: LibraryFile): Promise<void> {
    const admission = admit(file, (name) => holders.get(name.toLowerCase()), replace);
    if (admission.kind === 'left out') return void report.leftOut.push(file.path);
    report.findings.push(...admission.findings);
    if (admission.kind === 'refused') return;
    const { path: from, size, sha256 } = file;
    const { name } = admission;
    const imported: ImportedFile = { name, from, size, sha256 };
    if (admission.kind === 'kept') return void report.kept.push(imported);
    await place(root, staged.file, admission);
    holders.set(name.toLowerCase(), { ...file, path: name });
    report.stored.push(imported);
  }

  return async (source) => {
    const before = done;
    const onRead = (bytes: number) => {
      done = Math.min(done + bytes, before + source.size);
      onAdvance?.({ done, total, what: source.shown });
    };
    await openSource(source, { staging, limits, onRead })
      .then(take)
      .catch(tell(report, source.shown));
    done = before + source.size;
    onAdvance?.({ done, total, what: source.shown });
  };
}

/** A file of the same name in another letter case goes once the new one is there. */
async function place(
  root: string,
  staged: string,
  { name, replaces }: Omit<Place, 'from'>,
): Promise<void> {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await rename(staged, join(root, name));
  if (replaces !== undefined && replaces !== name) await rm(join(root, replaces), { force: true });
}

function withoutIntention(opened: Omit<OpenedPackage, 'intended'>): OpenedPackage {
  return { ...opened, intended: [] };
}
