import { runCnfApplication } from './cnf-application.ts';
import { phoneImage } from './image-name.ts';
import { fetchLoads, installLoader, wantsLoader } from './install-load.ts';
import type { BootEnd } from '../boots.ts';
import type { Phone, Stage } from './phone.ts';
import { runSccpApplication } from './sccp-application.ts';
import { durations, quickRetransmission, slowRetransmission } from './timing.ts';
import { type Upgrade, wants } from './upgrade.ts';

/** The application of a phone with a loader. */
export function startApplication(phone: Phone): Promise<BootEnd> {
  const running = phoneImage(phone.flash().application?.name ?? '');
  const isSccp = running?.protocol === 'SCCP';
  const stage = phone.enter('application', isSccp ? slowRetransmission : quickRetransmission);
  const change = isSccp ? leaveItToLoader : (image: string) => changeLoader(phone, stage, image);
  return runProtocol(phone, stage, async (image) =>
    wants(phone, image) ? change(image) : undefined,
  );
}

/** What an image does once it has its protocol's files to read. */
export function runProtocol(phone: Phone, stage: Stage, upgrade: Upgrade): Promise<BootEnd> {
  const protocol = phoneImage(phone.flash().application?.name ?? '')?.protocol ?? 'SCCP';
  if (protocol === 'SCCP') return runSccpApplication(phone, stage, upgrade);
  return runCnfApplication(phone, stage, upgrade, protocol);
}

function leaveItToLoader(image: string): Promise<BootEnd> {
  const because = `the loader is to bring ${image}`;
  return Promise.resolve({ kind: 'reboot', because, waitMs: durations.resetToFirstRequest.ms });
}

/**
 * A SIP application stores the other image's loader itself and leaves the application to it: report
 * of an upgrade from 7.3 to 7.4, ip-phone-forum.de, thread 71653.
 */
async function changeLoader(
  phone: Phone,
  stage: Stage,
  image: string,
): Promise<BootEnd | undefined> {
  const loads = await fetchLoads(phone, stage, image);
  if (loads.kind === 'missing') phone.refuse(image, `${image}.loads is missing`);
  if (loads.kind !== 'loads') return undefined;
  const loader = loads.value.files.find((file) => file.endsWith('.sbn'));
  if (loader === undefined || !wantsLoader(phone, image, loads.value))
    return leaveItToLoader(image);
  await phone.sleep(durations.loadsToLoader);
  const installed = await installLoader(phone, stage, image, loader);
  return installed.kind === 'reboot' ? installed : undefined;
}
