import { encodeSyncinfo } from '../../../codec/config/syncinfo.ts';
import type { WrittenValue } from '../../../model/render.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { badSetting, type KnownSetting } from '../../shared/render/known-settings.ts';
import { filePart, nothing, type Part } from '../../shared/render/part.ts';

export const syncinfoName = 'syncinfo.xml';

/**
 * `syncinfo.xml`, which a phone asks for on NOTIFY check-sync: it restarts when the value is not the
 * `sync` that it has read or kept, so that a change of the setting restarts it once. The file is the
 * phone's alone and holds for whatever image it runs by then. With `restart` it has that word instead:
 * the guide compares the two as strings, so that it differs from whatever the phone has.
 */
export function syncinfoFile(sync: KnownSetting | undefined, restart?: string): Part {
  if (restart !== undefined) return restartNow(restart);
  if (sync === undefined || sync.value === '') return nothing;
  try {
    return syncinfo({ key: 'SYNC', value: sync.value, origin: sync.origin });
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return { ...nothing, findings: [badSetting(sync, '1 to 32 characters of ASCII')] };
  }
}

/** No phone has this word as its `sync`. */
function restartNow(word: string): Part {
  const because = 'the phone shall start again';
  return syncinfo({ key: 'SYNC', value: word, origin: { kind: 'needed', because } });
}

/** Throws CodecError for values that cannot stand there. */
function syncinfo(sync: WrittenValue): Part {
  const because = 'the file is for this phone alone';
  const version: WrittenValue = {
    ...{ key: 'VERSION', value: '*' },
    origin: { kind: 'needed', because },
  };
  const content = encodeSyncinfo([{ version: version.value, sync: sync.value }]);
  return filePart({ path: syncinfoName, content, values: [version, sync] });
}
