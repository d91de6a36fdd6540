import { compareVersionIds } from '../../codec/text/nortel-image-name.ts';

/** Whether a section's file is fetched, or taken, and why. */
export type Decision = { readonly takes: boolean; readonly because: string };

export type DownloadMode = 'AUTO' | 'FORCED';

export type VersionedSection = { readonly mode: DownloadMode; readonly version: string };

/**
 * DEVICE_CONFIG and FW: NN42020-202, section 3. What it does where a version is missing is our
 * assumption: a phone that has none takes what there is, and nothing is greater than one that it has.
 */
export function versionDecision(
  { mode, version }: VersionedSection,
  cached: string | undefined,
): Decision {
  if (mode === 'FORCED') return { takes: true, because: 'FORCED' };
  if (cached === undefined) return { takes: true, because: 'it has none' };
  if (version === '') return { takes: false, because: 'no VERSION is named' };
  const takes = compareVersionIds(version, cached) > 0;
  return { takes, because: `${version} is ${takes ? '' : 'not '}greater than ${cached}` };
}

export type LanguageFile = {
  readonly file: string;
  readonly writtenAt?: number | undefined;
  readonly digest: string;
};

/**
 * LANGUAGE, once its file has come: VERSION is ignored, the file's time decides (NN42020-202, section
 * 3). TFTP tells no time. That the phone reads it in the file, and goes by whether the content is
 * another one where it has none, is our assumption.
 */
export function languageDecision(
  mode: DownloadMode,
  come: LanguageFile,
  cached: LanguageFile | undefined,
): Decision {
  if (mode === 'FORCED') return { takes: true, because: 'FORCED' };
  if (cached === undefined) return { takes: true, because: 'it has none' };
  if (cached.file !== come.file) return { takes: true, because: `it has ${cached.file}` };
  if (come.writtenAt !== undefined && cached.writtenAt !== undefined) {
    const takes = come.writtenAt > cached.writtenAt;
    return { takes, because: `the file is ${takes ? '' : 'not '}more recent` };
  }
  const takes = come.digest !== cached.digest;
  return { takes, because: takes ? 'its content is another one' : 'its content is the same' };
}
