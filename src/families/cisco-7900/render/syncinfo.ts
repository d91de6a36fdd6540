import { encodeSyncinfo } from '../../../codec/config/syncinfo.ts';
import type { WrittenValue } from '../../../model/render.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { badSetting, type KnownSetting } from '../../cisco-shared/render/known-settings.ts';
import { filePart, nothing, type Part } from '../../cisco-shared/render/part.ts';

/**
 * `syncinfo.xml`, which a phone asks for on NOTIFY check-sync: it restarts when the value is not the
 * `sync` that it has read or kept, so that a change of the setting restarts it once. The file is the
 * phone's alone and holds for whatever image it runs by then.
 */
export function syncinfoFile(sync: KnownSetting | undefined): Part {
  if (sync === undefined || sync.value === '') return nothing;
  const version: WrittenValue = {
    key: 'VERSION',
    value: '*',
    origin: { kind: 'needed', because: 'the file is for this phone alone' },
  };
  try {
    const content = encodeSyncinfo([{ version: version.value, sync: sync.value }]);
    const values = [version, { key: 'SYNC', value: sync.value, origin: sync.origin }];
    return filePart({ path: 'syncinfo.xml', content, values });
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return { ...nothing, findings: [badSetting(sync, '1 to 32 characters of ASCII')] };
  }
}
