import {
  decodeSectionFile,
  downloadSections,
  type DownloadSection,
} from '../../codec/config/section-file.ts';
import { longestLine } from '../../codec/config/keyword-file.ts';
import { decodeSysConfig, sysConfigValues } from '../../codec/config/sys-config.ts';
import { latin1 } from '../../wire/reader.ts';

/** The sections of `2004tftp.cfg` that a 2004 understands, in the file's order. */
export function sectionsIn(bytes: Uint8Array, stopsAtLongLines: boolean) {
  const file = decodeSectionFile(heard(bytes, stopsAtLongLines));
  return downloadSections(file).filter(isUnderstood);
}

export type UnderstoodSection = DownloadSection & {
  readonly name: 'DEVICE_CONFIG' | 'LANGUAGE' | 'FW';
};

function isUnderstood(section: DownloadSection): section is UnderstoodSection {
  return ['DEVICE_CONFIG', 'LANGUAGE', 'FW'].includes(section.name);
}

/** `2004sysConfig.dat` by keyword. */
export function settingsIn(
  bytes: Uint8Array,
  stopsAtLongLines: boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(sysConfigValues(decodeSysConfig(heard(bytes, stopsAtLongLines))));
}

/** Later phones pass over everything behind a line of more than 80 characters: NN43170-600. */
function heard(bytes: Uint8Array, stopsAtLongLines: boolean): string {
  const text = latin1(bytes);
  if (!stopsAtLongLines) return text;
  const lines = text.split('\n');
  const long = lines.findIndex((line) => line.replace(/\r$/, '').length > longestLine);
  return long < 0 ? text : lines.slice(0, long).join('\n');
}
