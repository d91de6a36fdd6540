import type { DhcpNetwork, DhcpRule, DhcpSettings, LeaseTimes } from '../../model/dhcp-settings.ts';
import { readAt, readGiven, readLeaseTimes, type Path, type Report } from './read-given.ts';
import { readNetwork } from './read-network.ts';
import type { DhcpText, RuleText } from './shape.ts';
import {
  readDurability,
  readLabel,
  readMacPrefix,
  readMode,
  readSubnet,
  readYesNo,
} from './values.ts';
import { formatIPv4Network, hasAddress } from '../../wire/ipv4-network.ts';

/** Phones are never without their server for a working day, and come back to their address. */
const usualTimes: LeaseTimes = { usual: 8 * 3600, shortest: 120, longest: 24 * 3600 };

/** Reads the section `dhcp:`; everything wrong is reported, and then what is returned is not used. */
export function readDhcp(text: DhcpText, report: Report): DhcpSettings {
  const mode = text.mode === undefined ? 'authoritative' : readMode(text.mode);
  if (typeof mode === 'object') report(['mode'], mode.problem);
  const leaseTimes = readLeaseTimes(report, [], text, usualTimes);
  return {
    mode: typeof mode === 'object' ? 'authoritative' : mode,
    ...readAt(report, ['durability'], text.durability, readDurability),
    ping: readAt(report, ['ping'], text.ping, readYesNo)?.yes ?? false,
    given: readGiven(report, [], text),
    networks: readNetworks(text, report, leaseTimes),
    rules: text.rules.map((rule, index) => readRule(report, ['rules', index], rule)),
  };
}

function readNetworks(
  { networks }: DhcpText,
  report: Report,
  leaseTimes: LeaseTimes,
): readonly DhcpNetwork[] {
  const read: DhcpNetwork[] = [];
  for (const [key, text] of Object.entries(networks)) {
    const path = ['networks', key];
    const subnet = readAt(report, path, key, readSubnet);
    if (!subnet) continue;
    const other = read.find(
      (each) => hasAddress(each.subnet, subnet.address) || hasAddress(subnet, each.subnet.address),
    );
    if (other) report(path, `it overlaps with ${formatIPv4Network(other.subnet)}`);
    read.push(readNetwork(report, path, subnet, text, leaseTimes));
  }
  return read;
}

function readRule(report: Report, path: Path, text: RuleText): DhcpRule {
  const { vendor_class: vendorClass, model } = text;
  const mac = readAt(report, [...path, 'mac'], text.mac, readMacPrefix);
  const label = readAt(report, [...path, 'label'], text.label, readLabel);
  const isForAll = [vendorClass, model, text.mac, text.label].every((each) => each === undefined);
  if (isForAll) report(path, 'a rule says whom it is for: vendor_class, mac, model or label');
  return {
    given: readGiven(report, path, text),
    ...(vendorClass !== undefined && { vendorClass }),
    ...(model !== undefined && { model }),
    ...mac,
    ...label,
  };
}
