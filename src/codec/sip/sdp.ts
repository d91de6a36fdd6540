import { CodecError } from '../../wire/codec-error.ts';
import { shown } from './sip-text.ts';

/** One line `x=value`. */
export type SdpLine = { readonly type: string; readonly value: string };

export type SdpMedia = {
  /** `audio` */
  readonly kind: string;
  /** 0 for media that is refused. */
  readonly port: number;
  /** Ports in a row, where the line says so. */
  readonly portCount?: number;
  /** `RTP/AVP` */
  readonly protocol: string;
  /** Payload types, in the order of preference. */
  readonly formats: readonly string[];
  readonly lines: readonly SdpLine[];
};

/** A session description, its lines in their order. RFC 4566 section 5. */
export type Sdp = { readonly lines: readonly SdpLine[]; readonly media: readonly SdpMedia[] };

const mediaForm = /^(\S+) (\d{1,5})(?:\/(\d{1,5}))? (\S+) (\S.*)$/;

/** Lone line feeds are forgiven. Throws CodecError that names the line. */
export function parseSdp(text: string): Sdp {
  const lines: SdpLine[] = [];
  const media: (SdpMedia & { readonly lines: SdpLine[] })[] = [];
  const written = text.split(/\r?\n/);
  while (written.at(-1) === '') written.pop();
  for (const [index, line] of written.entries()) {
    const [, type, value = ''] = /^([a-z])=(.*)$/.exec(line) ?? [];
    if (type === undefined) throw fault(index, 'x=value', line);
    if (index === 0 && line !== 'v=0') throw fault(index, 'v=0', line);
    if (type === 'm') media.push(readMedia(value, index));
    else (media.at(-1)?.lines ?? lines).push({ type, value });
  }
  if (lines.length === 0) throw fault(0, 'v=0', 'nothing');
  return { lines, media };
}

function readMedia(value: string, index: number): SdpMedia & { readonly lines: SdpLine[] } {
  const match = mediaForm.exec(value);
  const [, kind = '', port = '', count, protocol = '', formats = ''] = match ?? [];
  if (!match) throw fault(index, 'm=MEDIA PORT PROTOCOL FORMATS', value);
  if (Number(port) > 65_535) throw fault(index, 'a port up to 65535', port);
  return {
    ...{ kind, port: Number(port), protocol, formats: formats.trim().split(/ +/) },
    ...(count !== undefined && { portCount: Number(count) }),
    lines: [],
  };
}

/** With CRLF at each end. */
export function sdpText({ lines, media }: Sdp): string {
  const all = [...lines, ...media.flatMap((each) => [mediaLine(each), ...each.lines])];
  return all.map(({ type, value }) => `${type}=${value}\r\n`).join('');
}

function mediaLine({ kind, port, portCount, protocol, formats }: SdpMedia): SdpLine {
  const ports = portCount === undefined ? `${port}` : `${port}/${portCount}`;
  return { type: 'm', value: `${kind} ${ports} ${protocol} ${formats.join(' ')}` };
}

function fault(index: number, claimed: string, actual: string): CodecError {
  const field = `SDP line ${index + 1}`;
  return new CodecError({ field, offset: 0, claimed, actual: shown(actual) });
}
