import type { ProvisionEvent } from '../../core/asking.ts';
import type { Clock } from '../../core/clock.ts';
import type { DhcpDecision } from '../../core/dhcp/decision.ts';
import type { DhcpEvent } from '../../core/dhcp/dhcp-event.ts';
import { dhcpFindings } from '../../core/dhcp/dhcp-findings.ts';
import type { DhcpMode } from '../../model/dhcp-settings.ts';
import type { Store } from '../../model/store.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import { openFindingReports } from '../finding-reports.ts';
import type { KnownPhones } from './known-phones.ts';

export type DhcpNewsParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly phones: KnownPhones;
  readonly mode: DhcpMode;
  /** The TFTP servers that phones are given. */
  readonly tftp: () => readonly string[];
  readonly onEvent: (event: ProvisionEvent) => void;
};

/** Tells those who watch what phones were answered, and makes findings of what is odd. */
export type DhcpNews = {
  decided(decision: DhcpDecision): void;
  happened(event: DhcpEvent): void;
  /** Resolves when all findings are in the store. */
  idle(): Promise<void>;
};

/** Behind a phone that got its address from this server. */
const mendedByAck = [
  ...['address-conflict', 'dhcp-offer-not-taken', 'dhcp-pool-exhausted'],
  ...['dhcp-other-server', 'dhcp-other-tftp-server', 'dhcp-reservation-held'],
];

export async function openDhcpNews(parts: DhcpNewsParts): Promise<DhcpNews> {
  const { store, clock, phones, mode, onEvent } = parts;
  const reports = await openFindingReports({
    ...{ store, clock, onEvent },
    server: 'dhcp',
    mended: mendedByAck,
  });
  return {
    decided({ asking, phone, outcome, because, address }) {
      const { mac, type } = asking;
      if (!phone || mac === undefined) return;
      if (outcome === 'ack') reports.mend(mac);
      const given = address === undefined ? {} : { address: formatIPv4(address) };
      onEvent({ kind: 'dhcp', at: clock.now(), mac, asked: type, outcome, because, ...given });
    },
    happened(event) {
      const mac = 'mac' in event ? event.mac : undefined;
      // Beside another server, clients that are no phones of ours are that server's own.
      const isTheirs = event.kind === 'other-server' && mac !== undefined && !phones.phoneOf(mac);
      if (mode === 'phones-only' && isTheirs) return;
      // What is the same for every client is told once for all of them.
      const who =
        event.kind === 'pool-exhausted' || event.kind === 'network-unknown' ? undefined : mac;
      const isPhone = who !== undefined && phones.phoneOf(who) !== undefined;
      for (const finding of dhcpFindings(event, parts.tftp()))
        reports.report(finding, { mac: who, isPhone, apart: finding.text });
    },
    idle: reports.idle,
  };
}
