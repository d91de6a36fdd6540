import { errorCodes } from '../../codec/tftp/packet.ts';
import type { TransferResult } from '../tftp-client.ts';
import { checkLoads, checkSignedFile } from './firmware-check.ts';
import { fitsHardware, type InstalledLoad, withLoad } from './java-memory.ts';
import type { JavaPhone } from './phone.ts';
import type { Stage } from './stage.ts';
import { durations } from './timing.ts';

/**
 * `stored`: the phone runs it after a restart. `missing`: there is no loads file. `silent`: nobody
 * answered. `unverified`: a signature does not fit; of the loads file or of a component.
 */
export type Installed =
  | { readonly kind: 'stored'; readonly load: InstalledLoad }
  | { readonly kind: 'missing' }
  | { readonly kind: 'silent' }
  | {
      readonly kind: 'unverified' | 'failed';
      readonly of: 'loads' | 'component';
      readonly because: string;
    };

/**
 * Fetches what a loads file names, in its order and letter case, and stores it. Logs of a 7911, a
 * 7961 and a 7975 after a reset. That the old load stays until all is stored is our assumption.
 */
export async function installLoad(
  phone: JavaPhone,
  stage: Stage,
  loadsFile: string,
  nameOf: (components: readonly string[]) => string | undefined,
): Promise<Installed> {
  const fetched = await stage.readFirmware(loadsFile);
  if (fetched.kind !== 'file') return notFetched(fetched, loadsFile, 'loads');
  const loads = checkLoads(fetched.bytes, loadsFile, phone);
  if (!loads.ok) return { kind: 'unverified', of: 'loads', because: loads.because };
  const components = loads.value;
  const name = nameOf(components);
  const other = components.find((component) => !fitsHardware(component, phone.model));
  const because =
    name === undefined
      ? `${loadsFile} names no program`
      : other === undefined
        ? phone.objection(name)
        : `${other} is for other hardware: Load ID incorrect`;
  if (name === undefined || because !== undefined)
    return { kind: 'failed', of: 'loads', because: because ?? '' };
  const failure = await storeComponents(phone, stage, components);
  if (failure !== undefined) return failure;
  const load = { name, components };
  phone.keep(withLoad(phone.flash(), load), { part: 'load', image: name, size: 0 });
  phone.tell({ kind: 'flash', part: 'load', image: name });
  return { kind: 'stored', load };
}

async function storeComponents(
  phone: JavaPhone,
  stage: Stage,
  components: readonly string[],
): Promise<Installed | undefined> {
  phone.show('Upgrading');
  await phone.sleep(durations.loadsToFirstComponent);
  for (const [index, component] of components.entries()) {
    const fetched = await stage.readFirmware(component);
    if (fetched.kind !== 'file') {
      // Seen on a 7911: it still asks for the next one, and leaves it half-way.
      const next = components[index + 1];
      if (fetched.kind === 'error' && next !== undefined) await stage.beginFirmware(next);
      return notFetched(fetched, component, 'component');
    }
    const checked = checkSignedFile(fetched.bytes, component, phone);
    if (!checked.ok) return { kind: 'unverified', of: 'component', because: checked.because };
    const { length: size } = fetched.bytes;
    phone.keep(phone.flash(), { part: 'component', image: component, size });
    phone.tell({ kind: 'flash', part: 'component', image: component });
    await phone.sleep(index === 0 ? durations.firstComponentWritten : durations.componentWritten);
  }
  return undefined;
}

function notFetched(
  result: Exclude<TransferResult, { kind: 'file' }>,
  file: string,
  of: 'loads' | 'component',
): Installed {
  if (result.kind === 'silent') return result;
  if (result.code !== errorCodes.fileNotFound)
    return { kind: 'failed', of, because: `${file}: TFTP error ${result.code}` };
  return of === 'loads'
    ? { kind: 'missing' }
    : { kind: 'failed', of, because: `${file} is missing` };
}
