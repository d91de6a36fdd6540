import { noTerminalId, type RudpPayload } from '../../codec/unistim/rudp-frame.ts';
import type { BootEnd } from '../boots.ts';
import { type KeptServer, serverNamed, unistimAction } from './nortel-memory.ts';
import type { NortelPhone } from './phone.ts';
import { bindFrom, RudpConnection } from './rudp-connection.ts';
import { durations, roundsForEver } from './timing.ts';
import { type SessionEnd, UnistimSession } from './unistim-session.ts';

const hello: RudpPayload = {
  kind: 'phone',
  terminalId: noTerminalId,
  commands: [{ kind: 'resume-connection' }],
};

const names = ['S1', 'S2'] as const;

/** A server that asks the phone to connect anew so often in one boot does so for ever. */
const mostConnections = 20;

type Outcome = SessionEnd | { readonly kind: 'unreachable' };

/**
 * UNIStim: says hello to S1 for as many attempts as its retry count says, then to S2, then to S1
 * again, for ever. IP Phones Fundamentals, retry counts.
 */
export async function runUnistim(phone: NortelPhone): Promise<BootEnd> {
  phone.turnTo('UNIStim');
  const tries = { connections: 0, inVain: 0 };
  for (let at = 0; ;) {
    const known = names.filter((name) => serverNamed(phone.flash(), name) !== undefined);
    const name = known[at % Math.max(known.length, 1)];
    if (name === undefined) return unreachableEnd(phone, 'no UNIStim server (S1) is set');
    const outcome = withFaults(phone, await connect(phone, name));
    if (outcome.kind === 'unreachable') {
      if (await givesUp(phone, ++tries.inVain, known.length))
        return unreachableEnd(phone, whyUnreachable(phone));
    } else if (outcome.kind === 'lost' || outcome.kind === 'again') {
      tries.inVain = 0;
      if (++tries.connections > mostConnections)
        return unreachableEnd(phone, `${name} sends it away over and over`);
    } else return outcome;
    at = nextServer(outcome, at);
  }
}

/** A soft reset is a restart that was ordered, too: a fault may make another end of it. */
function withFaults(phone: NortelPhone, outcome: Outcome): Outcome {
  if (outcome.kind !== 'again' || outcome.server !== undefined) return outcome;
  const because = 'the server ordered a soft reset';
  const ordered = { kind: 'reboot', because, waitMs: 0, isOrdered: true } as const;
  const end = phone.parts.hooks.end?.(ordered) ?? ordered;
  return end.kind === 'reboot' ? outcome : end;
}

/** The one that was named, the same one after a soft reset, else the other one. */
function nextServer(outcome: Exclude<Outcome, BootEnd>, at: number): number {
  if (outcome.kind !== 'again') return at + 1;
  const named = names.findIndex((name) => name === outcome.server);
  return named < 0 ? at : named;
}

/** Whether the phone has asked all servers so often that it would go on for ever. */
async function givesUp(phone: NortelPhone, inVain: number, servers: number): Promise<boolean> {
  const isStopped = phone.parts.sip?.stopped?.aborted === true;
  if (isStopped || inVain === roundsForEver * servers) return true;
  if (inVain % servers === 0) await phone.sleep(durations.serversAgain);
  return false;
}

async function connect(phone: NortelPhone, name: (typeof names)[number]): Promise<Outcome> {
  const server = serverNamed(phone.flash(), name);
  if (server === undefined) return { kind: 'unreachable' };
  phone.show(`Connecting to ${name}`);
  const { sip } = phone.parts;
  const { network, clock, signal } = phone.around;
  const { endpoint } = await bindFrom(network, phone.newPort());
  const connection = new RudpConnection(
    {
      ...{ endpoint, server, clock, signal, stopped: sip?.stopped },
      tell: (happening) => phone.tell(happening),
    },
    server.retries,
  );
  try {
    const isOpen = await connection.open(hello, server.retries);
    // An answer there does not help: the firmware knows no other action.
    if (!isOpen || server.action !== unistimAction) return { kind: 'unreachable' };
    const session = new UnistimSession(phone, connection, server);
    const end = await keepingAddress(phone, session.run(sip?.until === 'stay', sip?.stopped));
    await connection.flush(durations.helloAgain.ms);
    return end;
  } finally {
    connection.close();
  }
}

/** Renews the phone's address while a session lasts. */
async function keepingAddress<T>(phone: NortelPhone, running: Promise<T>): Promise<T> {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const forget = phone.keepAddress(reject);
  try {
    return await Promise.race([running, failed]);
  } finally {
    forget();
  }
}

/** Displays are our assumption. */
function unreachableEnd(phone: NortelPhone, because: string): BootEnd {
  return { kind: 'stuck', display: phone.failure() ?? 'Server unreachable', because };
}

/** NN42020-202, section 6: after a revert the values of SIP are still there. */
function whyUnreachable(phone: NortelPhone): string {
  const servers = names.flatMap((name) => {
    const server = serverNamed(phone.flash(), name);
    return server === undefined ? [] : [`${name} ${textOf(server)}`];
  });
  return servers.join('; ');
}

function textOf({ address, port, action }: KeptServer): string {
  const where = `${address}:${port}`;
  if (action === unistimAction) return `${where} does not answer`;
  return `is ${where} with action ${action}: UNIStim needs action 1, and port 5000 as a rule`;
}
