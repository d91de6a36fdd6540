import { decodeSyncinfo, type SyncImage } from '../../codec/config/syncinfo.ts';
import { CodecError } from '../../wire/codec-error.ts';

export type SyncDecision = { readonly restarts: boolean; readonly because: string };

/**
 * Whether a phone restarts by `syncinfo.xml`: Cisco SIP IP Phone Administrator Guide, "Performing an
 * Image Upgrade and Remote Reboot", steps a to e. Of several lines the one that names the image goes
 * before the one for all.
 */
export function syncDecision(text: string, image: string, sync: string): SyncDecision {
  const images = imagesIn(text);
  if (typeof images === 'string') return { restarts: false, because: images };
  const line =
    images.find(({ version }) => version === image) ??
    images.find(({ version }) => version === '*');
  if (line === undefined) return { restarts: false, because: `syncinfo.xml is not for ${image}` };
  if (line.sync === sync) return { restarts: false, because: `sync is "${sync}" in both` };
  return { restarts: true, because: `sync is "${line.sync}", its own "${sync}"` };
}

function imagesIn(text: string): readonly SyncImage[] | string {
  try {
    return decodeSyncinfo(text);
  } catch (error) {
    if (error instanceof CodecError) return error.message;
    throw error;
  }
}
