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

/** Calls that a line holds at once: the phones have two a line. */
const mostOfLine = 2;

type Refusal = readonly [status: number, reason: string, because?: string];

const notThere: Refusal = [481, 'Call/Transaction Does Not Exist'];
const outOfOrder: Refusal = [500, 'Server Internal Error'];
const unreadable: Refusal = [400, 'Bad Request'];

/** The calls of a phone. */
export class Calls {
  readonly #parts: CallsParts;
  readonly #calls = new Set<Call>();
  readonly #server: SipHeader;

  constructor(parts: CallsParts) {
    this.#parts = parts;
    this.#server = { name: 'Server', value: parts.words.userAgent };
  }

  get count(): number {
    return this.#calls.size + (this.#parts.isBusy ? 1 : 0);
  }

  invite(transaction: ServerTransaction): void {
    const { request } = transaction;
    const isNew = tagOf('to', headerOf(request, 'to') ?? '') === undefined;
    if (isNew) return this.#begin(transaction);
    const call = this.#callOf(request);
    if (call?.state !== 'up') return this.#refuse(transaction, notThere);
    return this.#again(call, transaction);
  }

  cancel(transaction: ServerTransaction): void {
    const { cancels } = transaction;
    const call = [...this.#calls].find((each) => each.invite === cancels);
    if (!cancels || !call) return this.#refuse(transaction, notThere);
    const headers = [this.#server];
    transaction.answer({ status: 200, reason: 'OK', tag: call.localTag, headers });
    this.#answer(call, 487, 'Request Terminated');
    return this.#end(call, 'the caller hung up');
  }

  bye(transaction: ServerTransaction): void {
    const { request } = transaction;
    const call = this.#callOf(request);
    if (!call) return this.#refuse(transaction, notThere);
    if (isOld(call, request)) return this.#refuse(transaction, outOfOrder);
    transaction.answer({ status: 200, reason: 'OK', headers: [this.#server] });
    if (call.state === 'ringing') this.#answer(call, 487, 'Request Terminated');
    return this.#end(call, 'the other side hung up');
  }

  /** An ACK to an answer, which has the session where the phone made the offer. */
  acknowledged(request: SipRequest): void {
    const call = this.#callOf(request);
    const audio = audioIn(request.body);
    if (!call || !audio || typeof audio === 'string') return;
    call.offer = audio;
    this.#send(call);
  }

  /** Nobody acknowledged the answer to this INVITE. */
  lost(request: SipRequest): void {
    const call = [...this.#calls].find((each) => each.invite.request === request);
    if (call) this.#hangUp(call, 'nobody acknowledged the answer');
  }

  close(): void {
    for (const call of this.#calls) {
      stopTimers(call);
      call.rtp?.close();
    }
    this.#calls.clear();
  }

  #begin(transaction: ServerTransaction): void {
    const { request } = transaction;
    const line = lineCalled(this.#parts.settings().lines, request.uri);
    const audio = audioIn(request.body);
    const refusal = this.#refusalOf(line, request, audio);
    if (line === undefined || refusal !== undefined || typeof audio === 'string')
      return this.#turnAway(transaction, line, refusal ?? unreadable);
    const { names, person, settings, tell, onChange } = this.#parts;
    const call: Call = {
      ...{ line, invite: transaction, caller: callerOf(request), offer: audio },
      ...{ localTag: names.newTag(), sessionId: names.newNumber(), timers: new Set() },
      ...{ state: 'ringing', remoteSequence: sequenceOf(request), localSequence: 101, version: 0 },
    };
    this.#calls.add(call);
    this.#answer(call, 180, 'Ringing');
    tell({ kind: 'call', line: line.name, caller: call.caller, state: 'ringing' });
    const answersAfter = line.autoAnswerMs ?? person.answersAfterMs;
    if (answersAfter !== undefined) this.#later(call, answersAfter, () => this.#take(call));
    const ringing = ringingMs(request, settings().inviteSeconds);
    this.#later(call, ringing, () => this.#expire(call));
    return onChange();
  }

  #turnAway(transaction: ServerTransaction, line: SipLine | undefined, refusal: Refusal): void {
    const [status, reason, because = `${status} ${reason}`] = refusal;
    const caller = callerOf(transaction.request);
    this.#parts.tell({ kind: 'call', line: line?.name ?? '', caller, state: 'refused', because });
    this.#refuse(transaction, refusal);
  }

  #refusalOf(
    line: SipLine | undefined,
    request: SipRequest,
    audio: Audio | undefined | string,
  ): Refusal | undefined {
    const { isBusy } = this.#parts;
    const settings = this.#parts.settings();
    if (line === undefined) return [404, 'Not Found'];
    if (typeof audio === 'string') return [400, 'Bad Request', audio];
    if (settings.isDisturbed) return [486, 'Busy Here', 'do not disturb'];
    if (!settings.takesAnonymous && isAnonymous(request))
      return [433, 'Anonymity Disallowed', 'it hides who calls'];
    const ofLine = [...this.#calls].filter((call) => call.line.number === line.number).length;
    if (this.count > 0 && !line.takesSecondCall) return [486, 'Busy Here', 'no call waiting'];
    if (ofLine + (isBusy ? 1 : 0) >= mostOfLine) return [486, 'Busy Here', 'in two calls'];
    const isHopeless = audio
      ? answerFormats(audio, settings).length === 0
      : request.body.length > 0;
    return isHopeless ? [488, 'Not Acceptable Here', 'no codec in common'] : undefined;
  }

  #later(call: Call, ms: number, run: () => void): void {
    call.timers.add(this.#parts.clock.after(ms, run, 'lasting'));
  }

  #answer(call: Call, status: number, reason: string, body?: Uint8Array): void {
    const headers = body === undefined ? this.#fields(call) : this.#sessionFields(call);
    const tag = call.localTag;
    call.invite.answer({ status, reason, tag, headers, ...(body && { body }) });
  }

  #fields({ line }: Call): readonly SipHeader[] {
    return [{ name: 'Contact', value: `<${this.#parts.contactOf(line)}>` }, this.#server];
  }

  #sessionFields(call: Call): readonly SipHeader[] {
    return [...this.#fields(call), allow, { name: 'Content-Type', value: 'application/sdp' }];
  }

  #take(call: Call): void {
    void this.#accept(call).catch((error: unknown) => this.#parts.fail(error));
  }

  /** Somebody lifts the handset. */
  async #accept(call: Call): Promise<void> {
    if (!isRinging(call)) return;
    const { network, clock, random, settings, person } = this.#parts;
    const rtp = await openRtpStream({ network, clock, random, ports: settings().mediaPorts });
    // The caller may have hung up meanwhile.
    if (!isRinging(call)) return rtp.close();
    call.state = 'up';
    call.rtp = rtp;
    stopTimers(call);
    this.#answer(call, 200, 'OK', this.#session(call));
    this.#send(call);
    this.#tell(call, 'answered');
    const { hangsUpAfterMs } = person;
    if (hangsUpAfterMs !== undefined)
      this.#later(call, hangsUpAfterMs, () => this.#hangUp(call, 'the phone hung up'));
  }

  #session(call: Call): Uint8Array {
    const settings = this.#parts.settings();
    const { offer, sessionId } = call;
    const formats = offer ? answerFormats(offer, settings) : ownFormats(settings);
    const { sessionUser: user } = this.#parts.words;
    const version = sessionId + call.version++;
    const [address, port] = [this.#parts.mediaAddress(), call.rtp?.port ?? 0];
    return sessionBody({ user, sessionId, version, address, port, formats, offer });
  }

  /** Silence goes to where the caller's last description says, unless it does not want any. */
  #send({ offer, rtp }: Call): void {
    const [format] = offer ? answerFormats(offer, this.#parts.settings()) : [];
    if (!rtp || !offer || !format) return;
    const hears = offer.direction === 'sendrecv' || offer.direction === 'recvonly';
    const target = { address: offer.address, port: offer.port };
    rtp.sendTo(hears && offer.port > 0 ? target : undefined, format);
  }

  /** Another INVITE within the call: hold, and its end. */
  #again(call: Call, transaction: ServerTransaction): void {
    const { request } = transaction;
    if (isOld(call, request)) return this.#refuse(transaction, outOfOrder);
    const audio = audioIn(request.body);
    if (typeof audio === 'string') return this.#refuse(transaction, unreadable);
    if (audio && answerFormats(audio, this.#parts.settings()).length === 0)
      return this.#refuse(transaction, [488, 'Not Acceptable Here']);
    call.offer = audio;
    const headers = this.#sessionFields(call);
    transaction.answer({ status: 200, reason: 'OK', headers, body: this.#session(call) });
    return this.#send(call);
  }

  #expire(call: Call): void {
    if (!isRinging(call)) return;
    this.#answer(call, 487, 'Request Terminated');
    this.#end(call, 'nobody took it');
  }

  #hangUp(call: Call, because: string): void {
    if (call.state !== 'up') return;
    const { names, words, ownAddress, settings } = this.#parts;
    const { controlPort } = settings();
    const via = `SIP/2.0/UDP ${ownAddress}:${controlPort};branch=${names.newBranch()}`;
    const bye = byeRequest(call, { via, userAgent: words.userAgent });
    const done = () => undefined;
    this.#parts.port().request(bye, this.#targetOf(bye, call), { final: done, failed: done });
    this.#end(call, because);
  }

  /** Along the first route, else to the other side's Contact, else to where it called from. */
  #targetOf(request: SipRequest, { invite: { from } }: Call): Server {
    const [route] = headersOf(request, 'route');
    const uri = route === undefined ? request.uri : parseNameAddr('Route', route).uri;
    const { host, port = usualSipPort } = parseSipUri(uri);
    const asked = isIPv4(host) ? { address: host, port } : from;
    return this.#parts.targetOf({ address: asked.address, port: asked.port });
  }

  #end(call: Call, because: string): void {
    call.state = 'over';
    stopTimers(call);
    call.rtp?.close();
    this.#calls.delete(call);
    this.#tell(call, 'ended', because);
    this.#parts.onChange();
  }

  #tell({ line, caller }: Call, state: CallHappening['state'], because?: string): void {
    const why = because === undefined ? {} : { because };
    this.#parts.tell({ kind: 'call', line: line.name, caller, state, ...why });
  }

  #refuse({ answer }: ServerTransaction, [status, reason]: Refusal): void {
    answer({ status, reason, headers: [this.#server] });
  }

  #callOf(request: SipRequest): Call | undefined {
    return [...this.#calls].find((call) => isOfCall(call, request));
  }
}

function isRinging(call: Call): boolean {
  return call.state === 'ringing';
}

/** Whether it came behind a later one; else it is the latest. RFC 3261 section 12.2.2. */
function isOld(call: Call, request: SipRequest): boolean {
  const sequence = sequenceOf(request);
  if (sequence <= call.remoteSequence) return true;
  call.remoteSequence = sequence;
  return false;
}

/** What the phone does for others. */
export const methods = ['ACK', 'BYE', 'CANCEL', 'INVITE', 'NOTIFY', 'OPTIONS'] as const;
const allow: SipHeader = { name: 'Allow', value: methods.join(',') };

function stopTimers(call: Call): void {
  for (const callOff of call.timers) callOff();
  call.timers.clear();
}
