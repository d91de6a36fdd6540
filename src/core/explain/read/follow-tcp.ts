import { mayBeHttp } from '../../../codec/http/http-head.ts';
import { tcpStream, type TcpPiece, type TcpStream } from '../../../codec/pcap/tcp-stream.ts';
import type { TcpSegment } from '../../../codec/pcap/tcp.ts';
import { isSip } from '../../../codec/sip/sip-summary.ts';
import { followHttp, type HttpFollower } from './follow-http.ts';
import type { SipObserver } from './observe-sip.ts';
import { sipMessages, type SipMessages } from './sip-messages.ts';
import type { IpEnds, PacketEnds, WirePacket, WireSaying } from './wire-packet.ts';

type Side = {
  readonly stream: TcpStream;
  readonly sip: SipMessages;
};

type Connection = {
  /** `ADDRESS:PORT` of the side that opened it, or spoke first. */
  readonly client: string;
  readonly sides: Readonly<Record<'client' | 'server', Side>>;
  readonly http: HttpFollower;
  /** By the first words; undefined until then. */
  speaks: 'http' | 'sip' | 'other' | undefined;
};

/** Follows connections over which phones get files, or register. */
export type TcpFollower = {
  add(segment: TcpSegment, from: IpEnds): readonly WireSaying[];
  /** Bytes that the capture does not have in the middle of connections. */
  readonly missing: number;
};

const mostConnections = 2048;

export function followTcp(sip: SipObserver): TcpFollower {
  const connections = new Map<string, Connection>();
  let missing = 0;

  function connectionOf(ends: PacketEnds, segment: TcpSegment): [string, Connection] {
    const source = `${ends.source}:${ends.sourcePort}`;
    const destination = `${ends.destination}:${ends.destinationPort}`;
    const key = source < destination ? `${source} ${destination}` : `${destination} ${source}`;
    const known = connections.get(key);
    // The same ports again are a new connection.
    if (known !== undefined && !(segment.syn && !segment.ack)) return [key, known];
    const opener = segment.syn && segment.ack ? destination : source;
    const side = (): Side => ({ stream: tcpStream(), sip: sipMessages() });
    const connection: Connection = {
      client: opener,
      sides: { client: side(), server: side() },
      http: followHttp(),
      speaks: undefined,
    };
    connections.delete(key);
    connections.set(key, connection);
    const [oldest] = connections.keys();
    if (connections.size > mostConnections && oldest !== undefined) connections.delete(oldest);
    return [key, connection];
  }

  function hear(connection: Connection, isClient: boolean, packet: WirePacket, piece: TcpPiece) {
    missing += piece.missing;
    connection.speaks ??= languageOf(piece.bytes);
    if (connection.speaks === 'http') return connection.http.add(packet, isClient, piece.missing);
    if (connection.speaks !== 'sip') return [];
    const side = connection.sides[isClient ? 'client' : 'server'];
    return side.sip.add(piece.bytes, piece.missing).flatMap((message) => sip(packet, message));
  }

  return {
    get missing() {
      return missing;
    },
    add(segment, from) {
      const { sourcePort, destinationPort } = segment;
      const ends: PacketEnds = { ...from, sourcePort, destinationPort };
      const [key, connection] = connectionOf(ends, segment);
      const isClient = connection.client === `${ends.source}:${ends.sourcePort}`;
      const by = isClient ? 'client' : 'server';
      const { stream } = connection.sides[by];
      const isEnd = segment.fin || segment.rst;
      const pieces = [...stream.add(segment), ...(isEnd ? stream.flush() : [])];
      const said = pieces.flatMap((piece) => {
        const packet = { ...ends, payload: piece.bytes, length: piece.bytes.length };
        return hear(connection, isClient, packet, piece);
      });
      if (!isEnd) return said;
      const packet = { ...ends, payload: new Uint8Array(), length: 0 };
      const closed =
        connection.speaks === 'http' ? connection.http.close(packet, by, segment.rst) : [];
      if (segment.rst) connections.delete(key);
      return [...said, ...closed];
    },
  };
}

function languageOf(bytes: Uint8Array): 'http' | 'sip' | 'other' {
  if (mayBeHttp(bytes)) return 'http';
  return isSip(bytes) ? 'sip' : 'other';
}
