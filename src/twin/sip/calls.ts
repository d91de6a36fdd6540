import { headersOf } from '../../codec/sip/headers-of.ts';
import { parseNameAddr, tagOf } from '../../codec/sip/name-addr.ts';
import type { ServerTransaction } from '../../codec/sip/server-transactions.ts';
import type { Audio } from '../../codec/sip/sdp-audio.ts';
import type { SipHeader, SipRequest } from '../../codec/sip/sip-message.ts';
import { headerOf } from '../../codec/sip/headers-of.ts';
import { parseSipUri } from '../../codec/sip/sip-uri.ts';
import { isIPv4 } from '../../wire/ipv4.ts';
import type { Clock } from '../clock.ts';
import type { Network } from '../network.ts';
import type { Server } from '../tftp-client.ts';
import {
  byeRequest,
  callerOf,
  isAnonymous,
  isOfCall,
  lineCalled,
  ringingMs,
  sequenceOf,
  type Call,
} from './call.ts';
import { answerFormats, audioIn, ownFormats, sessionBody } from './call-sdp.ts';
import { openRtpStream } from './rtp-stream.ts';
import type { CallHappening } from './sip-happening.ts';
import type { SipPort } from './sip-port.ts';
import { usualSipPort, type SipLine, type SipSettings } from './sip-settings.ts';
import type { SipNames, SipWords } from './sip-words.ts';
import type { Person } from './twin-sip.ts';

export type CallsParts = {
  settings(): SipSettings;
  readonly words: SipWords;
  readonly names: SipNames;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: () => number;
  readonly person: Person;
  readonly ownAddress: string;
  /** Of Contact and session description. */
  mediaAddress(): string;
  /** Where a line is reached. */
  contactOf(line: SipLine): string;
  /** Where requests go in place of what a route or Contact says. */
  targetOf(at: Server): Server;
  port(): SipPort;
  /** Whether the phone is in a call all the time. */
  readonly isBusy: boolean;
  tell(happening: CallHappening): void;
  /** A call began or ended. */
  onChange(): void;
  /** The phone can go no further. */
  fail(error: unknown): void;
};

/** The calls of a phone. */
export type Calls = {
  readonly count: number;
  invite(transaction: ServerTransaction): void;
  cancel(transaction: ServerTransaction): void;
  bye(transaction: ServerTransaction): void;
  acknowledged(request: SipRequest): void;
  /** Nobody acknowledged the answer to this INVITE. */
  lost(request: SipRequest): void;
  close(): void;
};

/** Calls that a line holds at once: the phones have two a line. */
const mostOfLine = 2;

type Refusal = readonly [status: number, reason: string, because?: string];

export function createCalls(parts: CallsParts): Calls {
  const { words, names, clock, person, tell } = parts;
  const calls = new Set<Call>();
  const server: SipHeader = { name: 'Server', value: words.userAgent };

  function invite(transaction: ServerTransaction): void {
    const { request } = transaction;
    const isNew = tagOf('to', headerOf(request, 'to') ?? '') === undefined;
    if (isNew) return begin(transaction);
    const call = callOf(request);
    if (!call || call.state !== 'up') return refuse(transaction, [481, 'Call Does Not Exist']);
    return again(call, transaction);
  }

  function begin(transaction: ServerTransaction): void {
    const { request } = transaction;
    const line = lineCalled(parts.settings().lines, request.uri);
    const audio = audioIn(request.body);
    const refusal =
      line === undefined ? ([404, 'Not Found'] as const) : refusalOf(line, request, audio);
    const caller = callerOf(request);
    if (line === undefined || refusal !== undefined || typeof audio === 'string') {
      const [status, reason, because] = refusal ?? [400, 'Bad Request'];
      const text = because ?? `${status} ${reason}`;
      tell({ kind: 'call', line: line?.name ?? '', caller, state: 'refused', because: text });
      return refuse(transaction, [status, reason]);
    }
    const call: Call = {
      ...{ line, invite: transaction, caller, localTag: names.newTag(), offer: audio },
      ...{ state: 'ringing', remoteSequence: sequenceOf(request), localSequence: 101 },
      ...{ version: 0, sessionId: names.newNumber(), timers: new Set() },
    };
    calls.add(call);
    answer(call, 180, 'Ringing');
    tell({ kind: 'call', line: line.name, caller, state: 'ringing' });
    const answersAfter = line.autoAnswerMs ?? person.answersAfterMs;
    if (answersAfter !== undefined)
      later(call, answersAfter, () => void accept(call).catch(parts.fail));
    later(call, ringingMs(request, parts.settings().inviteSeconds), () => expire(call));
    return parts.onChange();
  }

  function refusalOf(
    line: SipLine,
    request: SipRequest,
    audio: Audio | undefined | string,
  ): Refusal | undefined {
    const settings = parts.settings();
    if (typeof audio === 'string') return [400, 'Bad Request', audio];
    if (settings.isDisturbed) return [486, 'Busy Here', 'do not disturb'];
    if (!settings.takesAnonymous && isAnonymous(request))
      return [433, 'Anonymity Disallowed', 'it hides who calls'];
    const ofLine = [...calls].filter((call) => call.line.number === line.number).length;
    const isInCall = calls.size > 0 || parts.isBusy;
    if (isInCall && !line.takesSecondCall) return [486, 'Busy Here', 'no call waiting'];
    if (ofLine + (parts.isBusy ? 1 : 0) >= mostOfLine) return [486, 'Busy Here', 'in two calls'];
    const isHopeless = audio
      ? answerFormats(audio, settings).length === 0
      : request.body.length > 0;
    return isHopeless ? [488, 'Not Acceptable Here', 'no codec in common'] : undefined;
  }

  function later(call: Call, ms: number, run: () => void): void {
    const callOff = clock.after(
      ms,
      () => {
        call.timers.delete(callOff);
        run();
      },
      'lasting',
    );
    call.timers.add(callOff);
  }

  function answer(call: Call, status: number, reason: string, body?: Uint8Array): void {
    const headers: readonly SipHeader[] = [
      { name: 'Contact', value: `<${parts.contactOf(call.line)}>` },
      server,
      ...(body === undefined ? [] : [allow, { name: 'Content-Type', value: 'application/sdp' }]),
    ];
    const tag = call.localTag;
    call.invite.answer({ status, reason, tag, headers, ...(body && { body }) });
  }

  /** Somebody lifts the handset. */
  async function accept(call: Call): Promise<void> {
    if (call.state !== 'ringing') return;
    const { network, random } = parts;
    const ports = parts.settings().mediaPorts;
    const rtp = await openRtpStream({ network, clock, random, ports });
    // The caller may have hung up meanwhile.
    if (call.state !== 'ringing') return rtp.close();
    call.state = 'up';
    call.rtp = rtp;
    stopTimers(call);
    answer(call, 200, 'OK', session(call));
    send(call);
    tellOf(call, 'answered');
    if (person.hangsUpAfterMs !== undefined)
      later(call, person.hangsUpAfterMs, () => hangUp(call, 'the phone hung up'));
  }

  function session(call: Call): Uint8Array {
    const settings = parts.settings();
    const { offer, sessionId } = call;
    const formats = offer ? answerFormats(offer, settings) : ownFormats(settings);
    const { sessionUser: user } = words;
    const version = sessionId + call.version++;
    const [address, port] = [parts.mediaAddress(), call.rtp?.port ?? 0];
    return sessionBody({ user, sessionId, version, address, port, formats, offer });
  }

  /** Silence goes to where the caller's last description says, unless it does not want any. */
  function send(call: Call): void {
    const { offer, rtp } = call;
    const [format] = offer ? answerFormats(offer, parts.settings()) : [];
    if (!rtp || !offer || !format) return;
    const hears = offer.direction === 'sendrecv' || offer.direction === 'recvonly';
    const target = { address: offer.address, port: offer.port };
    rtp.sendTo(hears && offer.port > 0 ? target : undefined, format);
  }

  /** Another INVITE within the call: hold, and its end. */
  function again(call: Call, transaction: ServerTransaction): void {
    const { request } = transaction;
    if (isOld(call, request)) return refuse(transaction, [500, 'Server Internal Error']);
    const audio = audioIn(request.body);
    const isHopeless =
      audio && typeof audio === 'object' && answerFormats(audio, parts.settings()).length === 0;
    if (typeof audio === 'string') return refuse(transaction, [400, 'Bad Request']);
    if (isHopeless) return refuse(transaction, [488, 'Not Acceptable Here']);
    call.offer = audio;
    const headers = [
      { name: 'Contact', value: `<${parts.contactOf(call.line)}>` },
      server,
      allow,
      { name: 'Content-Type', value: 'application/sdp' },
    ];
    transaction.answer({ status: 200, reason: 'OK', headers, body: session(call) });
    return send(call);
  }

  function isOld(call: Call, request: SipRequest): boolean {
    const sequence = sequenceOf(request);
    if (sequence <= call.remoteSequence) return true;
    call.remoteSequence = sequence;
    return false;
  }

  function expire(call: Call): void {
    if (call.state !== 'ringing') return;
    answer(call, 487, 'Request Terminated');
    end(call, 'nobody took it');
  }

  function hangUp(call: Call, because: string): void {
    if (call.state !== 'up') return;
    const { controlPort } = parts.settings();
    const via = `SIP/2.0/UDP ${parts.ownAddress}:${controlPort};branch=${names.newBranch()}`;
    const bye = byeRequest(call, { via, userAgent: words.userAgent });
    const done = () => undefined;
    parts.port().request(bye, targetOf(bye, call), { final: done, failed: done });
    end(call, because);
  }

  /** Along the first route, else to the other side's Contact, else to where it called from. */
  function targetOf(request: SipRequest, { invite: { from } }: Call): Server {
    const [route] = headersOf(request, 'route');
    const uri = route === undefined ? request.uri : parseNameAddr('Route', route).uri;
    const { host, port = usualSipPort } = parseSipUri(uri);
    const asked = isIPv4(host) ? { address: host, port } : from;
    return parts.targetOf({ address: asked.address, port: asked.port });
  }

  function end(call: Call, because: string): void {
    call.state = 'over';
    stopTimers(call);
    call.rtp?.close();
    calls.delete(call);
    tellOf(call, 'ended', because);
    parts.onChange();
  }

  function tellOf(call: Call, state: CallHappening['state'], because?: string): void {
    const { line, caller } = call;
    tell({
      kind: 'call',
      line: line.name,
      caller,
      state,
      ...(because !== undefined && { because }),
    });
  }

  function refuse({ answer: reply }: ServerTransaction, [status, reason]: Refusal): void {
    reply({ status, reason, headers: [server] });
  }

  const callOf = (request: SipRequest) => [...calls].find((call) => isOfCall(call, request));

  return {
    get count() {
      return calls.size + (parts.isBusy ? 1 : 0);
    },
    invite,
    cancel(transaction) {
      const { cancels } = transaction;
      const call = [...calls].find((each) => each.invite === cancels);
      if (!cancels || !call) return refuse(transaction, [481, 'Call/Transaction Does Not Exist']);
      transaction.answer({ status: 200, reason: 'OK', tag: call.localTag, headers: [server] });
      answer(call, 487, 'Request Terminated');
      return end(call, 'the caller hung up');
    },
    bye(transaction) {
      const { request } = transaction;
      const call = callOf(request);
      if (!call) return refuse(transaction, [481, 'Call/Transaction Does Not Exist']);
      if (isOld(call, request)) return refuse(transaction, [500, 'Server Internal Error']);
      transaction.answer({ status: 200, reason: 'OK', headers: [server] });
      if (call.state === 'ringing') answer(call, 487, 'Request Terminated');
      return end(call, 'the other side hung up');
    },
    acknowledged(request) {
      const call = callOf(request);
      const audio = audioIn(request.body);
      if (!call || !audio || typeof audio === 'string') return;
      call.offer = audio;
      send(call);
    },
    lost(request) {
      const call = [...calls].find((each) => each.invite.request === request);
      if (call?.state === 'up') hangUp(call, 'nobody acknowledged the answer');
    },
    close() {
      for (const call of calls) {
        stopTimers(call);
        call.rtp?.close();
      }
      calls.clear();
    },
  };
}

/** What the phone does for others. */
export const methods = ['ACK', 'BYE', 'CANCEL', 'INVITE', 'NOTIFY', 'OPTIONS'] as const;
const allow: SipHeader = { name: 'Allow', value: methods.join(',') };

function stopTimers(call: Call): void {
  for (const callOff of call.timers) callOff();
  call.timers.clear();
}
