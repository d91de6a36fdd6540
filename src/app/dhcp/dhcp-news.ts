import type { ProvisionEvent } from '../../core/asking.ts';
import type { Clock } from '../../core/clock.ts';
import type { DhcpDecision } from '../../core/dhcp/decision.ts';
import type { DhcpEvent } from '../../core/dhcp/dhcp-event.ts';
import { dhcpFindings } from '../../core/dhcp/dhcp-findings.ts';
import { createSeldom } from '../../core/dhcp/seldom.ts';
import { openPhoneFindings, type PhoneFindings } from '../../core/phone-findings.ts';
import { createSerial } from '../../core/serial.ts';
import type { DhcpMode } from '../../model/dhcp-settings.ts';
import type { Finding } from '../../model/finding.ts';
import type { Store } from '../../model/store.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import type { Mac } from '../../wire/mac.ts';
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

const everyHour = 60 * 60 * 1000;

/** Behind a phone that got its address from this server. */
const mendedByAck = [
  ...['address-conflict', 'dhcp-offer-not-taken', 'dhcp-pool-exhausted'],
  ...['dhcp-other-server', 'dhcp-other-tftp-server', 'dhcp-reservation-held'],
];

export async function openDhcpNews(parts: DhcpNewsParts): Promise<DhcpNews> {
  const { store, clock, phones, mode, onEvent } = parts;
  const isNew = createSeldom(everyHour);
  const serial = createSerial();
  const busy = new Set<Promise<void>>();
  const marked = new Set<Mac>();
  for (const { mac, code } of await store.findingList())
    if (mendedByAck.includes(code)) marked.add(mac);

  /** One after the other for each phone. */
  function withFindings(mac: Mac, task: (findings: PhoneFindings) => Promise<void>): void {
    const run = serial
      .run(mac, async () => task(await openPhoneFindings({ mac, store, clock, onEvent })))
      .catch((error: unknown) => onEvent({ kind: 'problem', error }))
      .finally(() => busy.delete(run));
    busy.add(run);
  }

  function report(mac: Mac | undefined, finding: Finding): void {
    if (
      !isNew(`${mac ?? ''} ${finding.code} ${mac === undefined ? finding.text : ''}`, clock.now())
    )
      return;
    if (mac !== undefined && phones.phoneOf(mac)) {
      marked.add(mac);
      withFindings(mac, (findings) => findings.report(finding));
    } else
      onEvent({ kind: 'server-finding', server: 'dhcp', state: 'begins', ...macOf(mac), finding });
  }

  return {
    decided({ asking, phone, outcome, because, address }) {
      const { mac, type } = asking;
      if (!phone || mac === undefined) return;
      if (outcome === 'ack' && marked.delete(mac))
        withFindings(mac, ({ mend }) => mend(({ code }) => mendedByAck.includes(code)));
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
      for (const finding of dhcpFindings(event, parts.tftp())) report(who, finding);
    },
    async idle() {
      await Promise.all(busy);
    },
  };
}

function macOf(mac: Mac | undefined) {
  return mac === undefined ? {} : { mac };
}
