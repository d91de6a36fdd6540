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

type Answer = {
  readonly path: string;
  readonly head: HttpHead;
  bytes: number;
};

const mostRequests = 64;

export function followHttp(): HttpFollower {
  let asking: Uint8Array = new Uint8Array();
  let answering: Uint8Array = new Uint8Array();
  let paths: readonly string[] = [];
  let answer: Answer | undefined;
  /** Bytes of a request's body that are still to come. */
  let bodyLeft = 0;

  function ask(packet: WirePacket): readonly WireSaying[] {
    const said: WireSaying[] = [];
    for (;;) {
      const skipped = Math.min(bodyLeft, asking.length);
      bodyLeft -= skipped;
      asking = asking.subarray(skipped);
      const head = asking.length === 0 ? undefined : readHttpHead(asking);
      if (head === 'wrong') asking = new Uint8Array();
      if (head === undefined || head === 'wrong' || head.kind !== 'request') return said;
      asking = asking.subarray(head.length);
      bodyLeft = head.contentLength ?? 0;
      const path = head.path ?? '';
      paths = [...paths, path].slice(-mostRequests);
      const { destination: server, sourcePort: port } = packet;
      const happening = { kind: 'file-asked', protocol: 'http', path, server, port } as const;
      said.push(sayingOf(packet, packet.source, happening, `HTTP ${head.method} ${path}`));
    }
  }

  function ended(packet: WirePacket, client: string, path: string, end: FileEnd): WireSaying {
    answer = undefined;
    const happening = { kind: 'file-ended', protocol: 'http', path, end } as const;
    const words = end.kind === 'error' ? `${end.code} ${end.text}` : end.kind;
    return sayingOf(packet, client, happening, `HTTP ${words} ${path}`);
  }

  function reply(packet: WirePacket): readonly WireSaying[] {
    const said: WireSaying[] = [];
    const client = packet.destination;
    for (;;) {
      if (answer === undefined) {
        const head = answering.length === 0 ? undefined : readHttpHead(answering);
        if (head === 'wrong') answering = new Uint8Array();
        if (head === undefined || head === 'wrong' || head.kind !== 'response') return said;
        answering = answering.subarray(head.length);
        // 100 Continue and the like come before the answer.
        if ((head.status ?? 0) < 200) continue;
        const [path = '', ...rest] = paths;
        paths = rest;
        const isFound = (head.status ?? 0) < 400;
        if (!isFound) said.push(ended(packet, client, path, failure(head)));
        answer = { path, head, bytes: 0 };
      }
      const { path, head } = answer;
      const wanted = head.contentLength ?? Infinity;
      const taken = Math.min(answering.length, wanted - answer.bytes);
      answer.bytes += taken;
      answering = answering.subarray(taken);
      if (answer.bytes < wanted) return said;
      const { bytes } = answer;
      answer = undefined;
      if ((head.status ?? 0) < 400) said.push(ended(packet, client, path, { kind: 'sent', bytes }));
    }
  }

  return {
    add(packet, fromClient, missing) {
      if (fromClient) {
        asking = missing > 0 ? packet.payload : Buffer.concat([asking, packet.payload]);
        const said = ask(packet);
        asking = asking.slice(0, longestHead);
        return said;
      }
      // What is missing of a body is counted; behind a gap in a head nothing is understood.
      if (answer !== undefined) answer.bytes += missing;
      answering = Buffer.concat([answering, packet.payload]);
      const said = reply(packet);
      answering = answering.slice(0, longestHead);
      return said;
    },
    close(packet, by, isReset) {
      const isClient = by === 'client';
      const client = isClient ? packet.source : packet.destination;
      if (answer !== undefined && (answer.head.status ?? 0) < 400) {
        const { path, head, bytes } = answer;
        const whole = head.contentLength === undefined && !isReset && !isClient;
        if (whole) return [ended(packet, client, path, { kind: 'sent', bytes })];
        const text = `the ${by} closed the connection after ${bytes} bytes`;
        return [ended(packet, client, path, { kind: 'aborted', text })];
      }
      if (!isReset) return [];
      const unanswered = paths;
      paths = [];
      const text = `the ${by} reset the connection`;
      return unanswered.map((path) => ended(packet, client, path, { kind: 'aborted', text }));
    },
  };
}

function failure({ status = 0, reason = '' }: HttpHead): FileEnd {
  return { kind: 'error', code: status, text: reason };
}
