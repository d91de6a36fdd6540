import type { ProvisionEvent, RegistrationEvent } from '../core/asking.ts';
import type { BootFact } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import { formatMac, type Mac } from '../wire/mac.ts';

const registrations: Readonly<Partial<Record<RegistrationEvent['outcome'], string>>> = {
  registered: 'registered',
  removed: 'not registered any more',
  restarts: 'takes its registration back to start again',
  expired: 'registration ran out',
  'not-saved': 'registration could not be written',
};

/** One that is renewed is no news; what is refused is a finding. */
function registrationLine(event: RegistrationEvent): string | undefined {
  const { mac, user, address, outcome, because } = event;
  const words = registrations[outcome];
  if (words === undefined) return undefined;
  const reason = because === undefined ? '' : ` (${because})`;
  return eventLine(mac ?? address, 'sip', `${user} at ${address}: ${words}${reason}`);
}

/** One line for people, or none for what an earlier line has said or a later one will say. */
export type EventLines = (event: ProvisionEvent) => string | undefined;

/** Who, what, and the rest in columns: for a run of events in their order. */
export function eventLines(): EventLines {
  const said = new Map<Mac, string>();

  /** A reason stands behind the first thing that follows from it only; a boot is nothing but one. */
  function withReason(mac: Mac, text: string, because: string | undefined): string {
    const known = said.get(mac) === because && text !== '';
    if (because === undefined || known) return text;
    said.set(mac, because);
    return text === '' ? because : `${text}: ${because}`;
  }

  return (event) => {
    switch (event.kind) {
      case 'request':
        return requestLine(event);
      case 'fact': {
        const { mac, fact } = event;
        const shown = factWords(fact);
        return shown && eventLine(mac, shown.what, withReason(mac, shown.text, fact.because));
      }
      case 'news':
        return eventLine(event.mac, 'plan', withReason(event.mac, event.text, event.because));
      case 'finding':
        return findingLine(event.finding.mac, event.finding);
      case 'stranger':
        return findingLine(event.address, { ...event.finding, cure: event.command });
      case 'server-finding': {
        const { server, mac, finding, state } = event;
        const who = mac ?? server.toUpperCase();
        if (state === 'ends') return eventLine(who, 'mended', finding.code);
        return findingLine(who, finding);
      }
      case 'dhcp': {
        const { mac, asked, outcome, address, because } = event;
        const what = outcome === 'none' ? asked : outcome;
        return eventLine(mac, what, address === undefined ? because : `${address} (${because})`);
      }
      case 'rollout':
        return rolloutLine(event);
      case 'registration':
        return registrationLine(event);
      case 'withheld':
        return findingLine(event.address, event.finding);
      case 'mended':
        return eventLine(event.mac, 'mended', event.code);
      case 'time':
      case 'progress':
        return undefined;
      case 'problem':
        return `problem: ${problemText(event.error)}`;
    }
  };
}

type Told = Pick<Finding, 'severity' | 'code' | 'text'> & { readonly cure?: string | undefined };

function findingLine(who: string, { severity, code, text, cure }: Told): string {
  const todo = cure === undefined ? '' : `; to do: ${cure}`;
  return eventLine(who, severity, `${code}: ${text}${todo}`);
}

export function problemText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What follows from the other facts is said as news of the plan. */
function factWords(fact: BootFact): { readonly what: string; readonly text: string } | undefined {
  switch (fact.kind) {
    case 'boot':
      return { what: 'boot', text: '' };
    case 'phase':
      return { what: fact.phase, text: '' };
    case 'runs':
      return { what: 'runs', text: fact.image };
    case 'runs-like':
    case 'keeps':
    case 'restarted-with':
    case 'refused':
    case 'finding':
    case 'mended':
    case 'passed-over':
    case 'took':
      return undefined;
  }
}

function rolloutLine(event: Extract<ProvisionEvent, { kind: 'rollout' }>): string {
  const { mac, rollout, state, text } = event;
  if (mac === undefined) return eventLine(rollout, 'rollout', `${state}: ${text}`);
  return eventLine(mac, state, `${rollout}: ${text}`);
}

function requestLine({ mac, request }: Extract<ProvisionEvent, { kind: 'request' }>): string {
  const { outcome, path, bytes, source, address, tie } = request;
  const from = source === undefined ? '' : `, ${source}, ${bytes} bytes`;
  return eventLine(mac ?? address, outcome, `${path.padEnd(24)}  (${tie}${from})`);
}

/** A line in the columns of these: a MAC or an address, what it did, the rest. */
export function eventLine(who: string, what: string, text: string): string {
  const name = /^[0-9A-F]{12}$/.test(who) ? formatMac(who as Mac) : who;
  return `${name.padEnd(17)}  ${what.padEnd(11)}  ${text}`.trimEnd();
}
