import type { Sdp, SdpLine, SdpMedia } from './sdp.ts';

/** A way to code sound. RFC 4566 section 6, RFC 3551 section 6. */
export type AudioFormat = {
  /** RTP payload type. */
  readonly payload: number;
  /** `PCMU`, `G729`, `telephone-event` */
  readonly name: string;
  /** Samples per second. */
  readonly rate: number;
  /** As `0-15` of telephone-event, `annexb=no` of G729. */
  readonly parameters?: string;
};

export type AudioDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What one side of a call says of its sound. */
export type Audio = {
  readonly address: string;
  /** Of RTP; RTCP has the next one. */
  readonly port: number;
  /** In the order of preference. */
  readonly formats: readonly AudioFormat[];
  /** Milliseconds in a packet. */
  readonly packetMs?: number;
  readonly direction: AudioDirection;
};

/** Payload types that need no rtpmap, as far as phones have them. RFC 3551 table 4. */
const staticFormats: readonly AudioFormat[] = [
  { payload: 0, name: 'PCMU', rate: 8000 },
  { payload: 3, name: 'GSM', rate: 8000 },
  { payload: 4, name: 'G723', rate: 8000 },
  { payload: 8, name: 'PCMA', rate: 8000 },
  { payload: 9, name: 'G722', rate: 8000 },
  { payload: 15, name: 'G728', rate: 8000 },
  { payload: 18, name: 'G729', rate: 8000 },
];

const directions = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;

/** The first audio of a session; undefined where it has none, or none for IPv4. */
export function audioOf(sdp: Sdp): Audio | undefined {
  const media = sdp.media.find(({ kind }) => kind === 'audio');
  const address = media && connectionOf([...media.lines, ...sdp.lines]);
  if (!media || address === undefined) return undefined;
  const packetMs = Number(attributeOf(media.lines, 'ptime'));
  return {
    ...{ address, port: media.port },
    formats: media.formats.flatMap((format) => formatOf(media, format) ?? []),
    ...(packetMs > 0 && { packetMs }),
    // RFC 2543 put a call on hold by an address of zeros.
    direction: address === '0.0.0.0' ? 'inactive' : directionOf([...media.lines, ...sdp.lines]),
  };
}

/** RFC 4566 section 5.7. */
function connectionOf(lines: readonly SdpLine[]): string | undefined {
  const line = lines.find(({ type }) => type === 'c');
  return /^IN IP4 (\d+\.\d+\.\d+\.\d+)(?:\/\d+)?$/.exec(line?.value ?? '')?.[1];
}

function directionOf(lines: readonly SdpLine[]): AudioDirection {
  const values = lines.filter(({ type }) => type === 'a').map(({ value }) => value);
  const found = values.map((value) => directions.find((each) => each === value));
  return found.find((each) => each !== undefined) ?? 'sendrecv';
}

function attributeOf(lines: readonly SdpLine[], name: string): string | undefined {
  const line = lines.find(({ type, value }) => type === 'a' && value.startsWith(`${name}:`));
  return line?.value.slice(name.length + 1);
}

/** Undefined for a payload type that nothing explains. */
function formatOf({ lines }: SdpMedia, format: string): AudioFormat | undefined {
  const payload = Number(format);
  const forThis = (name: string) => {
    const own = lines.filter(({ value }) => value.startsWith(`${name}:${format} `));
    return attributeOf(own, name)
      ?.slice(format.length + 1)
      .trim();
  };
  const [, name = '', rate] = /^([^/\s]+)\/(\d{1,6})/.exec(forThis('rtpmap') ?? '') ?? [];
  const mapped =
    rate === undefined
      ? staticFormats.find((each) => each.payload === payload)
      : { payload, name, rate: Number(rate) };
  const parameters = forThis('fmtp');
  return mapped && { ...mapped, ...(parameters !== undefined && { parameters }) };
}

export type AudioSession = Audio & {
  /** Of the `o=` line: who makes it, and two numbers, the second larger in each new version. */
  readonly user: string;
  readonly sessionId: number;
  readonly version: number;
};

/** A session of this one audio. RFC 4566 section 5, RFC 3264 section 5. */
export function audioSdp(session: AudioSession): Sdp {
  const { address, port, formats, packetMs, direction, user, sessionId, version } = session;
  const attribute = (value: string): SdpLine => ({ type: 'a', value });
  const mappings = formats.flatMap(({ payload, name, rate, parameters }) => [
    attribute(`rtpmap:${payload} ${name}/${rate}`),
    ...(parameters === undefined ? [] : [attribute(`fmtp:${payload} ${parameters}`)]),
  ]);
  const time = packetMs === undefined ? [] : [attribute(`ptime:${packetMs}`)];
  return {
    lines: [
      { type: 'v', value: '0' },
      { type: 'o', value: `${user} ${sessionId} ${version} IN IP4 ${address}` },
      { type: 's', value: 'SIP Call' },
      { type: 'c', value: `IN IP4 ${address}` },
      { type: 't', value: '0 0' },
    ],
    media: [
      {
        ...{ kind: 'audio', port, protocol: 'RTP/AVP' },
        formats: formats.map(({ payload }) => String(payload)),
        lines: [...mappings, ...time, attribute(direction)],
      },
    ],
  };
}

/** The formats of an offer that an answer can keep: ours, with its numbers, in its order. RFC 3264. */
export function commonFormats(
  offered: readonly AudioFormat[],
  own: readonly AudioFormat[],
): readonly AudioFormat[] {
  return offered.filter(({ name, rate }) =>
    own.some((each) => each.rate === rate && each.name.toLowerCase() === name.toLowerCase()),
  );
}
