import {
  type NewSection,
  type SectionSetting,
  writeSectionFile,
} from '../../../codec/config/section-file.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Origin, WrittenValue } from '../../../model/render.ts';
import type { Revisions } from '../../../model/revision.ts';
import { filePart, type Part } from '../../shared/render/part.ts';
import { badSetting, type KnownSettings, spelled } from '../../shared/render/known-settings.ts';
import type { Load } from '../load-order.ts';
import { controlFile, dataFile } from '../paths.ts';
import { imageFiles } from '../upgrade-step.ts';
import { fits } from './data-file.ts';
import { versionAfter } from './version-text.ts';

type Line = SectionSetting & { readonly origin: Origin };
type Made = { readonly section: NewSection; readonly values: readonly WrittenValue[] };

const counted: Origin = { kind: 'needed', because: 'it is raised when the data file changes' };
const ofOrder: Origin = { kind: 'order' };
const firstVersion = '000001';

/** `2004tftp.cfg`; NN42020-202, section 3. Without an image there is no section about one. */
export function controlPart(settings: KnownSettings, load: Load, revisions: Revisions): Part {
  const findings: Finding[] = [];
  const from = (key: string) => settingLine(settings, key, findings);
  const sections: Made[] = [
    made('DEVICE_CONFIG', [
      ...dataLines(settings, revisions),
      ...serverLines('DEVICE_CONFIG', from),
    ]),
    ...languageSection(from),
    ...(load.image === '' || load.via === 'uftp' ? [] : [firmwareSection(load, revisions, from)]),
  ];
  const content = writeSectionFile(sections.map(({ section }) => section));
  const values = sections.flatMap((each) => each.values);
  return filePart({ path: controlFile, content, values }, findings);
}

type From = (key: string) => Line | undefined;

/** The setting of a section; what cannot be written is found and left out. */
function settingLine({ byKey }: KnownSettings, key: string, findings: Finding[]): Line | undefined {
  const setting = byKey.get(key);
  if (!setting || setting.value === '') return undefined;
  const { value, findings: about } = spelled(setting);
  findings.push(...about);
  const line = { key: key.slice(key.indexOf('/') + 1), value, origin: setting.origin };
  if (fits(() => writeSectionFile([{ name: 'X', settings: [line] }]))) return line;
  findings.push(badSetting(setting, 'one word on one line'));
  return undefined;
}

function made(name: string, lines: readonly Line[]): Made {
  const values = lines
    .filter(({ commented }) => commented !== true)
    .map(({ key, value, origin }) => ({ key: `${name}/${key}`, value, origin }));
  const settings = lines.map(({ origin: _, ...setting }) => setting);
  return { section: { name, settings }, values };
}

function dataLines({ byKey }: KnownSettings, revisions: Revisions): readonly Line[] {
  const { revision = 0, forced = false } = revisions.get(dataFile) ?? {};
  const base = byKey.get('DEVICE_CONFIG/VERSION')?.value ?? '';
  const version = versionAfter(base === '' ? '000000' : base, revision);
  return [
    { key: 'DOWNLOAD_MODE', value: forced ? 'FORCED' : 'AUTO', origin: counted },
    { key: 'VERSION', value: version, origin: counted },
    { key: 'FILENAME', value: dataFile, origin: counted },
  ];
}

/** Of the phone's language file the time decides; its version counts for nothing. */
function languageSection(from: From): readonly Made[] {
  const file = from('LANGUAGE/FILENAME');
  if (!file) return [];
  const { origin } = file;
  const mode = from('LANGUAGE/DOWNLOAD_MODE') ?? { key: 'DOWNLOAD_MODE', value: 'AUTO', origin };
  const version = from('LANGUAGE/VERSION') ?? { key: 'VERSION', value: firstVersion, origin };
  return [made('LANGUAGE', [mode, version, file, ...serverLines('LANGUAGE', from)])];
}

function firmwareSection({ image, mode }: Load, revisions: Revisions, from: From): Made {
  const [file = `${image}.bin`] = imageFiles(image);
  const isForced = mode === 'FORCED' || revisions.get(file)?.forced === true;
  return made('FW', [
    { key: 'DOWNLOAD_MODE', value: isForced ? 'FORCED' : 'AUTO', origin: ofOrder },
    { key: 'VERSION', value: image, origin: ofOrder },
    { key: 'FILENAME', value: file, origin: ofOrder },
    ...serverLines('FW', from),
  ]);
}

/** Commented out where the server that gave this file has the other too: section 3 wants it so. */
function serverLines(section: string, from: From): readonly Line[] {
  const needed: Origin = { kind: 'needed', because: 'one server has all files' };
  const address = from(`${section}/SERVER_IP`);
  const port = from(`${section}/SERVER_PORT`);
  if (!address || address.value === '0.0.0.0')
    return [
      { key: 'SERVER_IP', value: '0.0.0.0', commented: true, origin: needed },
      { key: 'SERVER_PORT', value: '69', commented: true, origin: needed },
    ];
  return [address, port ?? { key: 'SERVER_PORT', value: '69', origin: address.origin }];
}
