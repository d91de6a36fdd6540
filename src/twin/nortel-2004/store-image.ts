import { createHash } from 'node:crypto';
import type { BootEnd } from '../boots.ts';
import { checkImage } from './image-check.ts';
import { withImage } from './nortel-memory.ts';
import type { NortelPhone } from './phone.ts';
import { durations } from './timing.ts';

/**
 * Checks an image, writes it, and restarts with it. `version`: what its configuration file says of it,
 * which is cached in place of its own version id. Undefined where it was refused.
 */
export function storeImage(
  phone: NortelPhone,
  path: string,
  bytes: Uint8Array,
  version: string | undefined,
): BootEnd | undefined {
  const checked = checkImage(bytes, path, phone.running, phone.parts.trusting);
  const because = checked.ok ? phone.objection(checked.name.canonical) : checked.because;
  if (!checked.ok || because !== undefined) {
    phone.refuse(path, because ?? '');
    phone.showFailure('Download failed');
    return undefined;
  }
  const image = checked.name.canonical;
  const part = 'application';
  // Another one that does not run afterwards is asked for again; the same one is not.
  const { session } = phone.parts;
  if (image === session.pressedWith) session.pressedWith = undefined;
  const next = withImage(phone.flash(), checked.name, version || image);
  phone.keep(next, { part, image, size: bytes.length });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  phone.tell({ kind: 'flash', part, image, sha256 });
  const waitMs = durations.imageWritten.ms;
  return { kind: 'reboot', because: `${image} was stored`, waitMs };
}
