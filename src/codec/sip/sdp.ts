import { CodecError } from '../../wire/codec-error.ts';

/** One line `x=value`. */
export type SdpLine = { readonly type: string; readonly value: string };

export type SdpMedia = {
  /** `audio` */
  readonly kind: string;
  readonly port: number;
  /** `RTP/AVP` */
  readonly protocol: string;
  /** Payload types, in the order of preference. */
  readonly formats: readonly string[];
  readonly lines: readonly SdpLine[];
};

/** A session description, its lines in their order. RFC 4566 section 5. */
export type Sdp = { readonly lines: readonly SdpLine[]; readonly media: readonly SdpMedia[] };

const mediaForm = /^(\S+) (\d{1,5})(?:\/\d+)? (\S+) (\S.*)$/;

/** Throws CodecError that names the line. */
export function parseSdp(text: string): Sdp {
  const lines: SdpLine[] = [];
  const media: { head: Omit<SdpMedia, 'lines'>; lines: SdpLine[] }[] = [];
  for (const [index, line] of text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .entries()) {
    const fail = (claimed: string): never => {
      const field = `SDP line ${index + 1}`;
      throw new CodecError({ field, offset: 0, claimed, actual: JSON.stringify(line) });
    };
    const [, type = '', value = ''] = /^([a-z])=(.*)$/.exec(line) ?? fail('x=value');
    if (type !== 'm') (media.at(-1)?.lines ?? lines).push({ type, value });
    else {
      const [, kind = '', port = '', protocol = '', formats = ''] =
        mediaForm.exec(value) ?? fail('m=MEDIA PORT PROTOCOL FORMATS');
      if (Number(port) > 65_535) fail('a port up to 65535');
      const head = { kind, port: Number(port), protocol, formats: formats.trim().split(/ +/) };
      media.push({ head, lines: [] });
    }
  }
  if (lines[0]?.type !== 'v')
    throw new CodecError({ field: 'SDP line 1', offset: 0, claimed: 'v=0', actual: shown(text) });
  return { lines, media: media.map(({ head, lines: own }) => ({ ...head, lines: own })) };
}

export function sdpText({ lines, media }: Sdp): string {
  const written = (each: SdpLine) => `${each.type}=${each.value}`;
  const all = [
    ...lines.map(written),
    ...media.flatMap(({ kind, port, protocol, formats, lines: own }) => [
      `m=${kind} ${port} ${protocol} ${formats.join(' ')}`,
      ...own.map(written),
    ]),
  ];
  return all.map((line) => `${line}\r\n`).join('');
}

/** Where the media of this kind is to be sent; undefined where there is none. RFC 4566 section 5.7. */
export function mediaAddress(
  sdp: Sdp,
  kind: string,
): { readonly address: string; readonly port: number } | undefined {
  const found = sdp.media.find((each) => each.kind === kind);
  const connection = [...(found?.lines ?? []), ...sdp.lines].find(({ type }) => type === 'c');
  const address = /^IN IP4 (\S+)$/.exec(connection?.value ?? '')?.[1];
  return found && address !== undefined ? { address, port: found.port } : undefined;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
