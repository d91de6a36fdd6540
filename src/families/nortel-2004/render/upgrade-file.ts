import {
  type ServerEntry,
  serverActions,
  writeSipUpgradeConfig,
} from '../../../codec/config/sip-upgrade-config.ts';
import type { Finding } from '../../../model/finding.ts';
import type { WrittenValue } from '../../../model/render.ts';
import { filePart, type Part } from '../../shared/render/part.ts';
import {
  badSetting,
  type KnownSettings,
  spelled,
  written,
} from '../../shared/render/known-settings.ts';
import { upgradeFile } from '../paths.ts';
import { fits } from './data-file.ts';
import { sipUpgrade } from './lookups.ts';

/** `SipUpgradeConfigFile.txt` of the IP Client Manager; NN42020-202, section 2. */
export function upgradePart({ byKey }: KnownSettings): Part {
  const values: WrittenValue[] = [];
  const findings: Finding[] = [];
  for (const key of sipUpgrade.lookup.keys) {
    const setting = byKey.get(key);
    if (!setting || setting.value === '') continue;
    const { value, findings: about } = spelled(setting);
    findings.push(...about);
    if (about.length === 0) values.push(written(setting, key, value));
  }
  const said = new Map(values.map(({ key, value }) => [key, value]));
  const file = () =>
    writeSipUpgradeConfig({
      s1: serverOf(said, 'S1'),
      s2: serverOf(said, 'S2'),
      tftp: said.get('TFTP.Server.IP'),
      dns: said.get('DNS.Server.IP'),
    });
  if (fits(file)) return filePart({ path: upgradeFile, content: file(), values }, findings);
  const [first] = byKey.values();
  return { files: [], findings: first ? [...findings, badSetting(first, 'one word')] : findings };
}

function serverOf(said: ReadonlyMap<string, string>, name: string): ServerEntry {
  const of = (key: string) => said.get(`${name}.Server.${key}`);
  const { sip } = serverActions;
  return {
    address: of('IP'),
    port: Number(of('Port') ?? 5060),
    action: Number(of('Action') ?? sip),
    domain: of('Domain'),
  };
}
