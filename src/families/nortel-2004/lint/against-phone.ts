import type { DownloadSection } from '../../../codec/config/section-file.ts';
import { decodeSectionFile, downloadSections } from '../../../codec/config/section-file.ts';
import { compareVersionIds, differOnlyInCase } from '../../../codec/text/nortel-image-name.ts';
import type { Finding } from '../../../model/finding.ts';
import { notRaisedWords } from './tree-rules.ts';

/** What a phone has, as far as is known of it. */
export type PhoneMemory = {
  /** VERSION of the settings that it fetched last. */
  readonly dataVersion?: string;
  /** Version id that it runs. */
  readonly image?: string;
  /** Time of its language file, milliseconds since the epoch. */
  readonly languageAt?: number;
};

/** What the server has for it beside the text of `2004tftp.cfg`. */
export type Offered = {
  /** The settings are others than the phone has. */
  readonly dataChanged?: boolean;
  /** Time of the language file, milliseconds since the epoch. */
  readonly languageAt?: number;
};

/**
 * What a phone will not fetch of a `2004tftp.cfg`, though it is meant to: NN42020-202, section 3.
 * `path` is that of the file, for the places of the findings.
 */
export function findingsAgainstPhone(
  path: string,
  text: string,
  memory: PhoneMemory,
  offered: Offered = {},
): readonly Finding[] {
  const sections = downloadSections(decodeSectionFile(text));
  const auto = (name: string) =>
    sections.find((each) => each.name === name && each.mode === 'AUTO' && each.files.length > 0);
  return [
    ...dataFindings(path, auto('DEVICE_CONFIG'), memory, offered),
    ...imageFindings(path, auto('FW'), memory),
    ...languageFindings(path, auto('LANGUAGE'), memory, offered),
  ];
}

/** What was served under a VERSION, `data` as text or as a digest of it. */
export type VersionedData = { readonly version: string; readonly data: string };

/** That settings have changed and their VERSION has not been raised. */
export function notRaisedFinding(
  path: string,
  before: VersionedData,
  now: VersionedData,
): Finding | undefined {
  if (before.data === now.data || compareVersionIds(now.version, before.version) > 0)
    return undefined;
  const text =
    before.version === now.version
      ? `VERSION is still ${now.version}, and the settings are others`
      : `VERSION went from ${before.version} to ${now.version}, which is lower`;
  const { code, severity, consequence, cure } = notRaisedWords;
  return { code, severity, text, place: { file: path }, consequence, cure };
}

function dataFindings(
  path: string,
  section: DownloadSection | undefined,
  { dataVersion }: PhoneMemory,
  { dataChanged }: Offered,
): readonly Finding[] {
  if (!section || dataVersion === undefined || dataChanged !== true) return [];
  if (compareVersionIds(section.version, dataVersion) > 0) return [];
  return [notAbove(path, section, dataVersion)];
}

function imageFindings(
  path: string,
  section: DownloadSection | undefined,
  { image }: PhoneMemory,
): readonly Finding[] {
  if (!section || image === undefined) return [];
  const { version, line } = section;
  if (differOnlyInCase(version, image))
    return [
      {
        code: 'version-case',
        severity: 'warning',
        text: `VERSION ${version} and the phone's ${image} differ in letter case only`,
        place: { file: path, line },
        consequence: 'Nobody says whether the phone takes the one for greater than the other.',
        cure: 'Write VERSION as Nortel gives it with the image.',
      },
    ];
  return compareVersionIds(version, image) < 0 ? [notAbove(path, section, image)] : [];
}

function notAbove(path: string, { name, version, line }: DownloadSection, has: string): Finding {
  return {
    code: 'version-not-above-phone',
    severity: 'warning',
    text: `VERSION of [${name}] is ${version}, and the phone has ${has}`,
    place: { file: path, line },
    consequence: 'With AUTO the phone fetches nothing: the VERSION must be greater than its own.',
    cure: 'Raise VERSION above what the phone has; for older firmware write FORCED until it has it.',
  };
}

function languageFindings(
  path: string,
  section: DownloadSection | undefined,
  { languageAt: has }: PhoneMemory,
  { languageAt }: Offered,
): readonly Finding[] {
  if (!section || has === undefined || languageAt === undefined || languageAt >= has) return [];
  const file = section.files.at(-1) ?? '';
  return [
    {
      code: 'language-older-than-phone',
      severity: 'warning',
      text: `${file} is of ${day(languageAt)}, and the phone's language is of ${day(has)}`,
      place: { file: path, line: section.line },
      consequence: 'The phone keeps its language: the time of the file decides, not VERSION.',
      cure: 'Give the file a later time, e.g. with touch, or write FORCED once.',
    },
  ];
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
