import { isIPv4 } from 'node:net';
import { readCnf, type Settings, wishIn } from './configuration.ts';
import type { BootEnd } from '../boots.ts';
import { tftpPort } from '../known-server.ts';
import type { Phone, Stage } from './phone.ts';
import { durations, roundsForEver, serverChanges } from './timing.ts';
import type { Upgrade } from './upgrade.ts';

/** SIP and MGCP images, with and without loader, read the same two files. */
type CnfProtocol = 'SIP' | 'MGCP';

type ProtocolRow = {
  readonly defaultFile: string;
  readonly phoneFile: (mac: string) => string;
  readonly again: { readonly ms: number };
  /** Asks for ring list and dial plan. */
  readonly rings: boolean;
  /** Asks for the time. */
  readonly setsClock: boolean;
  /** The phone can work with what it has kept from earlier boots. */
  readonly isProvisioned: (settings: Settings) => boolean;
};

const rows: Readonly<Record<CnfProtocol, ProtocolRow>> = {
  SIP: {
    defaultFile: 'SIPDefault.cnf',
    phoneFile: (mac) => `SIP${mac}.cnf`,
    again: durations.sipFileAgain,
    rings: true,
    setsClock: true,
    isProvisioned: (settings) => isSet(settings, 'line1_name') && isSet(settings, 'proxy1_address'),
  },
  MGCP: {
    defaultFile: 'MGCDefault.cnf',
    phoneFile: (mac) => `MGC${mac}.cnf`,
    again: durations.mgcpFileAgain,
    rings: false,
    setsClock: false,
    isProvisioned: (settings) => settings.size > 0,
  },
};

/** Not kept without power: Cisco SIP IP Phone Administrator Guide 4.4, Table 3-3. */
const passing: readonly string[] = ['image_version', 'dyn_tftp_addr'];
const unprovisioned = 'Phone Unprovisioned';

type Configured = {
  readonly directory: string;
  /** From the files of this boot only. */
  readonly read: Settings;
  readonly hasPhoneFile: boolean;
};

/** Cisco SIP IP Phone Administrator Guide 4.4, "Overview of the Initialization Process". */
export async function runCnfApplication(
  phone: Phone,
  stage: Stage,
  upgrade: Upgrade,
  protocol: CnfProtocol,
): Promise<BootEnd> {
  const row = rows[protocol];
  let configured = await configure(phone, stage, row);
  for (let round = 1; ; round++) {
    const settings = keepSettings(phone, configured.read);
    const wish = wishIn(configured.read);
    const end = wish.kind === 'image' ? await upgrade(wish.image) : undefined;
    if (end !== undefined) return end;
    if (configured.hasPhoneFile || (round === roundsForEver && row.isProvisioned(settings))) {
      const rings = configured.hasPhoneFile && row.rings;
      await Promise.all([
        rings ? readRings(phone, stage, settings) : undefined,
        row.setsClock ? setClock(phone, settings) : undefined,
      ]);
      return { kind: 'idle', display: phone.failure() ?? idleDisplay(row, settings) };
    }
    if (round === roundsForEver) return stuck(phone, row);
    await phone.sleep(row.again);
    configured = await askAgain(phone, stage, row, configured);
  }
}

/** Both files; again from another server when they name one. */
async function configure(phone: Phone, stage: Stage, row: ProtocolRow): Promise<Configured> {
  let read: Settings = new Map<string, string>();
  let hasPhoneFile = false;
  for (let changes = 0; ; changes++) {
    const common = await readSettings(stage, row.defaultFile);
    const kept = phone.flash().settings.tftp_cfg_dir;
    const directory = common?.get('tftp_cfg_dir') ?? kept ?? '';
    const own = await readSettings(stage, `${directory}${row.phoneFile(phone.mac)}`);
    read = new Map([...read, ...(common ?? []), ...(own ?? [])]);
    hasPhoneFile ||= own !== undefined;
    const address = read.get('dyn_tftp_addr') ?? '';
    const server = stage.server();
    if (!isIPv4(address) || address === server?.address || changes === serverChanges)
      return { directory, read, hasPhoneFile };
    stage.turnTo({ address, port: server?.port ?? tftpPort });
  }
}

async function askAgain(
  phone: Phone,
  stage: Stage,
  row: ProtocolRow,
  before: Configured,
): Promise<Configured> {
  const path = `${before.directory}${row.phoneFile(phone.mac)}`;
  const own = await readSettings(stage, path);
  if (own === undefined) return before;
  return { ...before, read: new Map([...before.read, ...own]), hasPhoneFile: true };
}

async function readSettings(stage: Stage, path: string): Promise<Settings | undefined> {
  const result = await stage.read(path);
  return result.kind === 'file' ? readCnf(result.bytes) : undefined;
}

/** What a file gives takes the place of what was kept; an empty value clears it. */
function keepSettings(phone: Phone, read: Settings): Settings {
  const flash = phone.flash();
  const merged = new Map([...Object.entries(flash.settings), ...read]);
  const kept = [...merged].filter(([key, value]) => value !== '' && !passing.includes(key));
  phone.keep({ ...flash, settings: Object.fromEntries(kept) });
  return new Map(kept);
}

/** Both at once. What is missing leaves the defaults. */
async function readRings(phone: Phone, stage: Stage, settings: Settings): Promise<void> {
  await phone.sleep(durations.sipFileToRings);
  const template = settings.get('dial_template');
  const files = ['RINGLIST.DAT', ...(template === undefined ? [] : [`${template}.xml`])];
  await Promise.all(files.map((file) => stage.read(file)));
}

function setClock(phone: Phone, settings: Settings): Promise<void> {
  const [mode = '', server = ''] = [settings.get('sntp_mode'), settings.get('sntp_server')];
  return phone.setClock({ mode, server });
}

function stuck(phone: Phone, row: ProtocolRow): BootEnd {
  const display = phone.failure() ?? unprovisioned;
  return { kind: 'stuck', display, because: `no ${row.phoneFile(phone.mac)}` };
}

function idleDisplay(row: ProtocolRow, settings: Settings): string {
  if (!row.isProvisioned(settings)) return unprovisioned;
  return settings.get('phone_label') ?? settings.get('line1_shortname') ?? '';
}

function isSet(settings: Settings, key: string): boolean {
  return (settings.get(key) ?? '') !== '';
}
