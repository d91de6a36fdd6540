import type { ProvisionEvent, ServerFindingEvent } from '../core/asking.ts';
import type { Clock } from '../core/clock.ts';
import { createSeldom } from '../core/dhcp/seldom.ts';
import { openPhoneFindings, type PhoneFindings } from '../core/phone-findings.ts';
import { createSerial } from '../core/serial.ts';
import type { Finding } from '../model/finding.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';

export type FindingReportsParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly server: ServerFindingEvent['server'];
  /** Codes of findings that are behind a phone to which the server could be of use. */
  readonly mended: readonly string[];
  readonly onEvent: (event: ProvisionEvent) => void;
};

export type Reported = {
  readonly mac?: Mac | undefined;
  /** The store keeps it of a phone; of anybody else it is told. */
  readonly isPhone: boolean;
  /** Without a MAC, what tells one from another of its kind. */
  readonly apart: string;
};

/** Findings of a server that talks with phones: each once an hour. */
export type FindingReports = {
  report(finding: Finding, about: Reported): void;
  mend(mac: Mac): void;
  /** One after the other for each phone. */
  inTurn(mac: Mac, task: () => Promise<void>): void;
  /** Resolves when all findings are in the store. */
  idle(): Promise<void>;
};

const everyHour = 60 * 60 * 1000;

export async function openFindingReports(parts: FindingReportsParts): Promise<FindingReports> {
  const { store, clock, server, mended, onEvent } = parts;
  const isNew = createSeldom(everyHour);
  const serial = createSerial();
  const busy = new Set<Promise<void>>();
  const marked = new Set<Mac>();
  for (const { mac, code } of await store.findingList()) if (mended.includes(code)) marked.add(mac);

  function inTurn(mac: Mac, task: () => Promise<void>): void {
    const run = serial
      .run(mac, task)
      .catch((error: unknown) => onEvent({ kind: 'problem', error }))
      .finally(() => busy.delete(run));
    busy.add(run);
  }

  function withFindings(mac: Mac, task: (findings: PhoneFindings) => Promise<void>): void {
    inTurn(mac, async () => task(await openPhoneFindings({ mac, store, clock, onEvent })));
  }

  return {
    report(finding, { mac, isPhone, apart }) {
      const key = `${mac ?? ''} ${finding.code} ${mac === undefined ? apart : ''}`;
      if (!isNew(key, clock.now())) return;
      if (mac === undefined || !isPhone) {
        const who = mac === undefined ? {} : { mac };
        return onEvent({ kind: 'server-finding', server, state: 'begins', ...who, finding });
      }
      marked.add(mac);
      withFindings(mac, (findings) => findings.report(finding));
    },
    mend(mac) {
      if (!marked.delete(mac)) return;
      withFindings(mac, ({ mend }) => mend(({ code }) => mended.includes(code)));
    },
    inTurn,
    async idle() {
      await Promise.all(busy);
    },
  };
}
