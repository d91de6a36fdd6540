import type { Ring } from '../../../codec/config/ring-list.ts';
import type { Finding } from '../../../model/finding.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { type KnownSetting, wordsFor } from '../../shared/render/known-settings.ts';
import { filePart, nothing, type Part } from '../../shared/render/part.ts';
import { settingLines } from './setting-lines.ts';

/** The list of ringing tones, in the form that `encode` writes; nothing without the setting. */
export function ringFile(
  path: string,
  list: KnownSetting | undefined,
  encode: (rings: readonly Ring[]) => string,
): Part {
  if (list === undefined || list.value === '') return nothing;
  const rings = ringsOf(list.value);
  if (typeof rings === 'string') return { ...nothing, findings: [badList(list, rings)] };
  try {
    const values = [{ key: 'ring_list', value: list.value, origin: list.origin }];
    return filePart({ path, content: encode(rings), values });
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return { ...nothing, findings: [badList(list, error.message)] };
  }
}

/** Rings, or what is wrong with the text. */
export function ringsOf(text: string): readonly Ring[] | string {
  const rings: Ring[] = [];
  for (const line of settingLines(text)) {
    const equals = line.lastIndexOf('=');
    if (equals < 1) return `"${line}" is not NAME=FILE`;
    rings.push({ name: line.slice(0, equals).trim(), file: line.slice(equals + 1).trim() });
  }
  return rings;
}

function badList({ origin }: KnownSetting, why: string): Finding {
  return {
    code: 'bad-ring-list',
    severity: 'error',
    text: `${wordsFor(origin)}: ${why}`,
    consequence: 'No ring list is written; phones offer the tones that are built in.',
    cure: 'Write a ring on each line: NAME=FILE, e.g. "Old bell=Bell.raw".',
  };
}
