import type { BootEnd } from '../boots.ts';
import { tftpPort } from '../known-server.ts';
import type { Server, TransferResult } from '../tftp-client.ts';
import { languageDecision, versionDecision, type Decision } from './decisions.ts';
import { languageFile } from './language-file.ts';
import type { NortelPhone } from './phone.ts';
import { sectionsIn, settingsIn, type UnderstoodSection } from './provisioning-file.ts';
import { storeImage } from './store-image.ts';
import { readByTftp } from './tftp-files.ts';
import { durations, largestFirmware, largestOtherFile } from './timing.ts';

export const provisioningFile = '2004tftp.cfg';

/**
 * Asks the master TFTP server for `2004tftp.cfg` and does what its sections say, from top to bottom.
 * An end where firmware was stored. A server that does not answer, or a file that is missing, leaves
 * the phone with what it has. NN42020-202, sections 3 and 5; IP Phones Fundamentals.
 */
export async function provision(phone: NortelPhone): Promise<BootEnd | undefined> {
  const master = phone.tftp();
  const result = await readByTftp(phone, provisioningFile, master, largestOtherFile);
  if (result.kind !== 'file' || master === undefined) return undefined;
  const stops = phone.faults.stopsAtLongLines === true;
  for (const section of sectionsIn(result.bytes, stops)) {
    await phone.sleep(durations.betweenFiles);
    const end = await follow(phone, section, master);
    if (end !== undefined) return end;
  }
  return undefined;
}

async function follow(
  phone: NortelPhone,
  section: UnderstoodSection,
  master: Server,
): Promise<BootEnd | undefined> {
  const [file] = section.files;
  if (file === undefined) return undefined;
  const server = serverOf(section, master);
  switch (section.name) {
    case 'DEVICE_CONFIG':
      await takeSettings(phone, section, file, server);
      return undefined;
    case 'LANGUAGE':
      await takeLanguage(phone, section, file, server);
      return undefined;
    case 'FW':
      return takeFirmware(phone, section, file, server);
  }
}

/** One that the section names, else the one that gave the file. */
function serverOf({ server, port }: UnderstoodSection, master: Server): Server {
  const named = /^\d{1,5}$/.test(port ?? '') ? Number(port) : undefined;
  if (server === undefined) return { address: master.address, port: named ?? master.port };
  return { address: server, port: named ?? tftpPort };
}

async function takeSettings(
  phone: NortelPhone,
  section: UnderstoodSection,
  file: string,
  server: Server,
): Promise<void> {
  const decision = versionDecision(section, phone.flash().cached.deviceConfig);
  told(phone, section, decision);
  if (!decision.takes) return;
  const result = await readByTftp(phone, file, server, largestOtherFile);
  if (result.kind !== 'file') return notFetched(phone, file, result);
  const settings = settingsIn(result.bytes, phone.faults.stopsAtLongLines === true);
  const memory = phone.flash();
  const cached = { ...memory.cached, deviceConfig: section.version };
  phone.keep({ ...memory, settings, cached });
}

/** Fetched each time, since only the file can say how recent it is: our assumption. */
async function takeLanguage(
  phone: NortelPhone,
  section: UnderstoodSection,
  file: string,
  server: Server,
): Promise<void> {
  const result = await readByTftp(phone, file, server, largestOtherFile);
  if (result.kind !== 'file') return notFetched(phone, file, result);
  const memory = phone.flash();
  const language = languageFile(file, result.bytes);
  const decision = languageDecision(section.mode, language, memory.cached.language);
  told(phone, section, decision);
  if (decision.takes) phone.keep({ ...memory, cached: { ...memory.cached, language } });
}

async function takeFirmware(
  phone: NortelPhone,
  section: UnderstoodSection,
  file: string,
  server: Server,
): Promise<BootEnd | undefined> {
  const { cached, image } = phone.flash();
  const decision = versionDecision(section, cached.firmware ?? image);
  told(phone, section, decision);
  if (!decision.takes || phone.hasRefused(file)) return undefined;
  phone.show(`Downloading ${file}`);
  const result = await readByTftp(phone, file, server, largestFirmware);
  if (result.kind === 'file') return storeImage(phone, file, result.bytes, section.version);
  notFetched(phone, file, result);
  return undefined;
}

function notFetched(
  phone: NortelPhone,
  file: string,
  result: Exclude<TransferResult, { kind: 'file' }>,
): void {
  const because =
    result.kind === 'silent' ? 'the TFTP server does not answer' : `TFTP error ${result.code}`;
  phone.refuse(file, because);
}

function told(phone: NortelPhone, { name }: UnderstoodSection, decision: Decision): void {
  const what = decision.takes ? 'taken' : 'kept';
  phone.tell({ kind: 'stage', text: `${name}: ${what}, ${decision.because}` });
}
