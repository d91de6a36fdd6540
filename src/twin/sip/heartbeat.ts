import type { SipRequest } from '../../codec/sip/sip-message.ts';
import { escapedUser } from '../../codec/sip/sip-uri.ts';
import type { Clock } from '../clock.ts';
import type { Server } from '../tftp-client.ts';
import { hostPort } from './register-request.ts';
import type { SipPort } from './sip-port.ts';
import type { SipHost, SipLine, SipSettings } from './sip-settings.ts';
import type { SipNames, SipWords } from './sip-words.ts';

export type HeartbeatParts = {
  readonly everyMs: number;
  /** Times in vain after which the proxy counts as lost. */
  readonly failures: number;
  readonly clock: Clock;
  readonly port: SipPort;
  readonly ownAddress: string;
  readonly line: SipLine;
  readonly settings: SipSettings;
  readonly words: SipWords;
  readonly names: SipNames;
  /** The one that is asked; undefined while there is none. */
  proxy(): SipHost | undefined;
  targetOf(proxy: SipHost): Promise<Server | undefined>;
  lost(because: string): void;
  /** The phone can go no further. */
  fail(error: unknown): void;
};

/** Asks a proxy again and again whether it is there; returns what ends that. Any answer will do. */
export function startHeartbeat(parts: HeartbeatParts): () => void {
  const { everyMs, failures, clock, fail } = parts;
  let inVain = 0;
  let isStopped = false;
  let callOff = wait();

  function wait(): () => void {
    return clock.after(everyMs, () => void beat().catch(fail), 'lasting');
  }

  async function beat(): Promise<void> {
    const proxy = parts.proxy();
    const isThere = proxy === undefined || (await answers(parts, proxy));
    if (isStopped) return;
    inVain = isThere ? 0 : inVain + 1;
    if (inVain === failures && proxy !== undefined) {
      inVain = 0;
      parts.lost(`${proxy.host} does not answer: heartbeat`);
    }
    callOff = wait();
  }

  return () => {
    isStopped = true;
    callOff();
  };
}

async function answers(parts: HeartbeatParts, proxy: SipHost): Promise<boolean> {
  const target = await parts.targetOf(proxy);
  if (target === undefined) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  parts.port.request(optionsRequest(parts, proxy), target, {
    final: () => resolve(true),
    failed: () => resolve(false),
  });
  return promise;
}

/** OPTIONS, as RFC 3261 section 11 has it. */
function optionsRequest(parts: HeartbeatParts, proxy: SipHost): SipRequest {
  const { line, settings, words, names, ownAddress } = parts;
  const where = line.domain ?? hostPort(proxy);
  const via = `SIP/2.0/UDP ${ownAddress}:${settings.controlPort};branch=${names.newBranch()}`;
  return {
    ...{ kind: 'request', version: 'SIP/2.0', method: 'OPTIONS', uri: `sip:${where}` },
    body: new Uint8Array(),
    headers: [
      { name: 'Via', value: via },
      { name: 'From', value: `<sip:${escapedUser(line.name)}@${where}>;tag=${names.newTag()}` },
      { name: 'To', value: `<sip:${where}>` },
      { name: 'Call-ID', value: names.newCallId(ownAddress) },
      { name: 'Max-Forwards', value: '70' },
      { name: 'CSeq', value: '1 OPTIONS' },
      { name: 'User-Agent', value: words.userAgent },
      { name: 'Content-Length', value: '0' },
    ],
  };
}
