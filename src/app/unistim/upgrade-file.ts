import { upgradeFile } from '../../families/nortel-2004/paths.ts';
import { renderFiles } from '../../families/nortel-2004/render/render-files.ts';
import { models, sipModel } from '../../families/nortel-2004/models.ts';
import {
  type PointerWay,
  type UpgradePointers,
  upgradePointers,
} from '../../families/nortel-2004/ipcm/upgrade-pointers.ts';
import type { Phone } from '../../model/phone.ts';
import { effectiveSettings, type SettingLayer } from '../../model/settings.ts';
import { parseMac } from '../../wire/mac.ts';

/** Where the text is, and what is in a workspace. */
export type UpgradeFileParts = {
  handMadeFile(path: string): Promise<Uint8Array | undefined>;
  layersFor(phone: Phone): readonly SettingLayer[];
};

const missing = `${upgradeFile} is missing: hookflash ipcm template writes one to files/, or set S1.Server.IP and TFTP.Server.IP`;

/** As a phone of no site and no group gets it, where nobody asks for one. */
const anyPhone: Phone = {
  ...{ mac: parseMac('000000000000'), family: 'nortel-2004', model: sipModel },
  ...{ labels: {}, settings: {} },
};

/** The file that a hand made, else what the settings of the phone, or of the fleet, make of it. */
export async function upgradeFileText(
  { handMadeFile, layersFor }: UpgradeFileParts,
  phone: Phone = anyPhone,
): Promise<string | undefined> {
  const bytes = await handMadeFile(upgradeFile);
  if (bytes) return Buffer.from(bytes).toString('latin1');
  const [model = { name: sipModel, lines: 1 }] = models;
  const settings = effectiveSettings(layersFor(phone));
  const { files } = renderFiles({ mac: phone.mac, model, settings, order: {} });
  return files.find(({ path }) => path === upgradeFile)?.content;
}

export async function pointersOf(
  parts: UpgradeFileParts,
  way: PointerWay,
  phone?: Phone,
): Promise<UpgradePointers> {
  const text = await upgradeFileText(parts, phone);
  return text === undefined ? { problems: [missing] } : upgradePointers(text, way);
}
