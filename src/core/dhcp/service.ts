import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import { macOf } from '../../codec/dhcp/dhcp-fields.ts';
import type { Lease } from '../../model/lease.ts';
import { formatIPv4, ipv4Number } from '../../wire/ipv4.ts';
import type { DhcpAnswer } from './answer.ts';
import { clockSteps, type TwoClocks } from './clock-step.ts';
import { createDecider, type Decider } from './decide.ts';
import type { ArrivalNumbers, DeciderOptions, DhcpDecision } from './decision.ts';
import { macOf as whoOf } from './decision.ts';
import type { DhcpEvent } from './dhcp-event.ts';
import type { LeaseWriter } from './lease-writer.ts';
import { heardServer } from './other-server.ts';
import { probeMac } from './probe.ts';

/** Where a message came from and to; addresses are dotted. */
export type DhcpArrival = {
  readonly fromAddress: string;
  readonly fromPort: number;
  /** The server's address that it came to, or that of the interface by which it came. */
  readonly localAddress: string;
};

export type DhcpServiceOptions = DeciderOptions & {
  readonly writer: LeaseWriter;
  readonly clocks: TwoClocks;
  /** Whether somebody answers for the address; left out where that is not tried. */
  readonly inUse?: (address: string) => Promise<boolean>;
  readonly onEvent: (event: DhcpEvent) => void;
  readonly onDecision?: (decision: DhcpDecision) => void;
  readonly onProblem: (error: unknown) => void;
};

/** Messages in, answers out; an acknowledgement leaves when its lease is on disk. */
export type DhcpService = {
  handle(
    message: DhcpMessage,
    arrival: DhcpArrival,
  ): Promise<DhcpAnswer | undefined> | DhcpAnswer | undefined;
  /** Forgets leases that ended long ago. To be called now and then. */
  forgetOld(): Promise<void>;
  readonly counts: Readonly<Record<string, number>>;
};

/** Who had an address is remembered for so long, in milliseconds: 60 days. */
const remembered = 60 * 24 * 60 * 60 * 1000;
/** Addresses that are tried for one client before it has to ask again. */
const mostTried = 4;

export function createDhcpService(options: DhcpServiceOptions): DhcpService {
  const { table, writer, clocks, inUse } = options;
  const counts: Record<string, number> = {};
  const decider = createDecider(options);
  const desk: Desk = { ...options, decider, count: (name) => count(counts, name) };
  const stepOf = clockSteps(clocks);

  /** What the store has is put right as well: it is read by the wall clock of the next start. */
  function followClock(): void {
    const step = stepOf();
    if (step === 0) return;
    desk.count('clock-steps');
    writer.putAll(table.shift(step)).catch(options.onProblem);
  }

  return {
    counts,
    handle(message, { fromPort, localAddress }) {
      if (message.op === 'reply') return heard(desk, message);
      if (isOwnProbe(desk, message)) return undefined;
      followClock();
      const arrival = { fromPort, local: ipv4Number(localAddress) };
      const decision = decider.decide(message, arrival, clocks.now());
      if (!decision) {
        desk.count('not-dhcp');
        return undefined;
      }
      if (inUse && decision.untried) return tried(desk, { message, arrival, inUse }, decision);
      tell(desk, decision);
      const { lease, answer } = decision;
      return lease ? committed(desk, lease, answer) : answer;
    },
    async forgetOld() {
      followClock();
      await writer.remove(table.forget(clocks.now() - remembered));
    },
  };
}

type Desk = DhcpServiceOptions & {
  readonly decider: Decider;
  count(name: string): void;
};

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** An answer of a DHCP server, which comes to a relay agent, or to one that asks as such. */
function heard(desk: Desk, message: DhcpMessage): undefined {
  desk.count('replies-heard');
  const other = heardServer(message);
  if (other && !desk.isOwn(ipv4Number(other.server))) desk.onEvent({ kind: 'other-server', other });
  return undefined;
}

/** As everybody hears it, this server too. */
function isOwnProbe({ isOwn }: Desk, message: DhcpMessage): boolean {
  const { giaddr } = message;
  return giaddr !== 0 && macOf(message) === probeMac(giaddr) && isOwn(giaddr);
}

function tell({ count, onEvent, onDecision }: Desk, decision: DhcpDecision): void {
  count(`${decision.asking.type}-${decision.outcome}`);
  for (const event of decision.events) onEvent(event);
  onDecision?.(decision);
}

async function committed(
  { writer, count, onProblem }: Desk,
  lease: Lease,
  answer: DhcpAnswer | undefined,
): Promise<DhcpAnswer | undefined> {
  try {
    await writer.put(lease);
    return answer;
  } catch (error) {
    count('not-on-disk');
    onProblem(error);
    return undefined;
  }
}

type Trial = {
  readonly message: DhcpMessage;
  readonly arrival: ArrivalNumbers;
  readonly inUse: (address: string) => Promise<boolean>;
};

/** Offers the first of a few addresses for which nobody answers. */
async function tried(
  desk: Desk,
  { message, arrival, inUse }: Trial,
  first: DhcpDecision,
): Promise<DhcpAnswer | undefined> {
  const { decider, clocks, writer } = desk;
  let decision: DhcpDecision | undefined = first;
  for (let tries = 0; decision?.answer && tries < mostTried; tries++) {
    const address = formatIPv4(decision.address ?? 0);
    const isFree = !decision.untried || !(await inUse(address).catch(() => false));
    if (isFree) {
      tell(desk, decision);
      return decision.answer;
    }
    const { asking } = decision;
    const aside = decider.setAside(ipv4Number(address), asking, clocks.now());
    writer.put(aside).catch(desk.onProblem);
    desk.onEvent({ kind: 'address-conflict', ...whoOf(asking), address, foundBy: 'server' });
    decision = decider.decide(message, arrival, clocks.now());
  }
  if (decision && !decision.answer) tell(desk, decision);
  return undefined;
}
