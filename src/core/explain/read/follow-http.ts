import { longestHead, readHttpHead, type HttpHead } from '../../../codec/http/http-head.ts';
import type { FileEnd } from '../../../model/observation.ts';
import { sayingOf, type WirePacket, type WireSaying } from './wire-packet.ts';

/** One connection over which files are asked for. */
export type HttpFollower = {
  /** A piece of what one side says, in order; what is missing before it is told in bytes. */
  add(packet: WirePacket, fromClient: boolean, missing: number): readonly WireSaying[];
  /** The connection is closed in order, or torn down by one side. */
  close(packet: WirePacket, by: 'client' | 'server', isReset: boolean): readonly WireSaying[];
};

/** What of a stream has not been understood yet. */
type Waiting = { bytes: Uint8Array };

/** Without a path where the capture lacks the request. */
type Answer = {
  readonly path: string | undefined;
  readonly head: HttpHead;
  readonly bytes: number;
};

type Talk = {
  readonly asking: Waiting;
  readonly answering: Waiting;
  /** Asked for and not answered, oldest first. */
  paths: readonly string[];
  /** The answer whose body is coming. */
  answer: Answer | undefined;
  /** Bytes of a request's body that are still to come. */
  bodyLeft: number;
};

const mostRequests = 64;

export function followHttp(): HttpFollower {
  const talk: Talk = {
    asking: { bytes: new Uint8Array() },
    answering: { bytes: new Uint8Array() },
    paths: [],
    answer: undefined,
    bodyLeft: 0,
  };
  return {
    add(packet, fromClient, missing) {
      // What is missing of a body is counted; behind a gap in a head nothing is understood.
      if (!fromClient && talk.answer !== undefined)
        talk.answer = { ...talk.answer, bytes: talk.answer.bytes + missing };
      const waiting = fromClient ? talk.asking : talk.answering;
      const before = missing > 0 ? new Uint8Array() : waiting.bytes;
      waiting.bytes = Buffer.concat([before, packet.payload]);
      const said = fromClient ? requests(talk, packet) : answers(talk, packet);
      waiting.bytes = waiting.bytes.slice(0, longestHead);
      return said;
    },
    close: (packet, by, isReset) => closed(talk, packet, by, isReset),
  };
}

/** The next whole head; what is none is thrown away. */
function nextHead(waiting: Waiting, kind: HttpHead['kind']): HttpHead | undefined {
  if (waiting.bytes.length === 0) return undefined;
  const head = readHttpHead(waiting.bytes);
  if (head === undefined) return undefined;
  if (head === 'wrong' || head.kind !== kind) {
    waiting.bytes = new Uint8Array();
    return undefined;
  }
  waiting.bytes = waiting.bytes.subarray(head.length);
  return head;
}

function requests(talk: Talk, packet: WirePacket): readonly WireSaying[] {
  const said: WireSaying[] = [];
  for (;;) {
    const skipped = Math.min(talk.bodyLeft, talk.asking.bytes.length);
    talk.bodyLeft -= skipped;
    talk.asking.bytes = talk.asking.bytes.subarray(skipped);
    const head = nextHead(talk.asking, 'request');
    if (head === undefined) return said;
    talk.bodyLeft = head.contentLength ?? 0;
    const { path = '', method = '' } = head;
    talk.paths = [...talk.paths, path].slice(-mostRequests);
    const { destination: server, sourcePort: port } = packet;
    const happening = { kind: 'file-asked', protocol: 'http', path, server, port } as const;
    said.push(sayingOf(packet, packet.source, happening, `HTTP ${method} ${path}`));
  }
}

function answers(talk: Talk, packet: WirePacket): readonly WireSaying[] {
  const said: WireSaying[] = [];
  const say = (path: string | undefined, end: FileEnd): void =>
    void said.push(ended(packet, packet.destination, path, end));
  for (;;) {
    const isNew = talk.answer === undefined;
    const answer = talk.answer ?? nextAnswer(talk);
    if (answer === undefined) return said;
    const { path, head } = answer;
    if (isNew && isFailure(head)) say(path, failure(head));
    const bytes = takeBody(talk.answering, answer);
    const isOver = bytes >= bodyLength(head);
    talk.answer = isOver ? undefined : { ...answer, bytes };
    if (!isOver) return said;
    if (!isFailure(head)) say(path, { kind: 'sent', bytes });
  }
}

/** What has come of the body is counted and not kept. */
function takeBody(answering: Waiting, { head, bytes }: Answer): number {
  const taken = Math.min(answering.bytes.length, Math.max(0, bodyLength(head) - bytes));
  answering.bytes = answering.bytes.subarray(taken);
  return bytes + taken;
}

/** 100 Continue and the like come before the answer. */
function nextAnswer(talk: Talk): Answer | undefined {
  for (;;) {
    const head = nextHead(talk.answering, 'response');
    if (head === undefined) return undefined;
    if (statusOf(head) < 200) continue;
    const [path, ...rest] = talk.paths;
    talk.paths = rest;
    return { path, head, bytes: 0 };
  }
}

function closed(
  talk: Talk,
  packet: WirePacket,
  by: 'client' | 'server',
  isReset: boolean,
): readonly WireSaying[] {
  const client = by === 'client' ? packet.source : packet.destination;
  const { answer, paths } = talk;
  talk.answer = undefined;
  if (answer !== undefined && !isFailure(answer.head)) {
    const { path, head, bytes } = answer;
    const isWhole = head.contentLength === undefined && !isReset && by === 'server';
    if (isWhole) return [ended(packet, client, path, { kind: 'sent', bytes })];
    const text = `the ${by} closed the connection after ${bytes} bytes`;
    return [ended(packet, client, path, { kind: 'aborted', text })];
  }
  if (!isReset) return [];
  talk.paths = [];
  const text = `the ${by} reset the connection`;
  return paths.map((path) => ended(packet, client, path, { kind: 'aborted', text }));
}

function ended(
  packet: WirePacket,
  client: string,
  path: string | undefined,
  end: FileEnd,
): WireSaying {
  const over = { kind: 'file-ended', protocol: 'http', end } as const;
  const happening = path === undefined ? over : { ...over, path };
  const words = end.kind === 'error' ? `${end.code} ${end.text}` : end.kind;
  return sayingOf(packet, client, happening, `HTTP ${words} ${path ?? ''}`.trimEnd());
}

function statusOf({ status = 0 }: HttpHead): number {
  return status;
}

/** Without a length until the connection closes. RFC 9110 section 6.4.1. */
function bodyLength(head: HttpHead): number {
  const isEmpty = statusOf(head) === 204 || statusOf(head) === 304;
  return isEmpty ? 0 : (head.contentLength ?? Infinity);
}

function isFailure(head: HttpHead): boolean {
  return statusOf(head) >= 400;
}

function failure(head: HttpHead): FileEnd {
  return { kind: 'error', code: statusOf(head), text: head.reason ?? '' };
}
