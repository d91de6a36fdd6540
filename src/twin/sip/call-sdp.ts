import { parseSdp, sdpText } from '../../codec/sip/sdp.ts';
import {
  audioOf,
  audioSdp,
  commonFormats,
  type Audio,
  type AudioFormat,
} from '../../codec/sip/sdp-audio.ts';
import { utf8Text } from '../../codec/sip/sip-text.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { SipSettings } from './sip-settings.ts';

const formats = [
  { payload: 0, name: 'PCMU', rate: 8000 },
  { payload: 8, name: 'PCMA', rate: 8000 },
  { payload: 18, name: 'G729', rate: 8000, parameters: 'annexb=no' },
] as const satisfies readonly AudioFormat[];

const digitsName = 'telephone-event';

/** What the phone can hear, the preferred codec first. */
export function ownFormats({ codec, digits }: SipSettings): readonly AudioFormat[] {
  const preferred = formats.filter(({ name }) => name === codec);
  const others = formats.filter(({ name }) => name !== codec);
  if (digits === undefined) return [...preferred, ...others];
  const events = { payload: digits, name: digitsName, rate: 8000, parameters: '0-15' };
  return [...preferred, ...others, events];
}

/** What a body says of sound; undefined where it has none, an error's text where it is no SDP. */
export function audioIn(body: Uint8Array): Audio | undefined | string {
  if (body.length === 0) return undefined;
  try {
    return audioOf(parseSdp(utf8Text(Buffer.from(body).toString('latin1'))));
  } catch (error) {
    if (error instanceof CodecError) return error.message;
    throw error;
  }
}

/** The offer's formats that the phone can hear, the preferred one first; none without a codec. */
export function answerFormats(offer: Audio, settings: SipSettings): readonly AudioFormat[] {
  const common = commonFormats(offer.formats, ownFormats(settings));
  if (!common.some(({ name }) => name !== digitsName)) return [];
  const isPreferred = ({ name }: AudioFormat) => name.toUpperCase() === settings.codec;
  return [...common.filter(isPreferred), ...common.filter((each) => !isPreferred(each))];
}

export type SessionParts = {
  readonly user: string;
  readonly sessionId: number;
  readonly version: number;
  readonly address: string;
  readonly port: number;
  readonly formats: readonly AudioFormat[];
  /** Undefined where the phone makes the offer. */
  readonly offer: Audio | undefined;
};

/** RFC 3264 section 6.1: a side that only hears is not sent to, and the other way round. */
export function sessionBody({ offer, ...session }: SessionParts): Uint8Array {
  const turned = { sendonly: 'recvonly', recvonly: 'sendonly' } as const;
  const asked = offer?.direction ?? 'sendrecv';
  const direction = asked === 'sendonly' || asked === 'recvonly' ? turned[asked] : asked;
  return Buffer.from(sdpText(audioSdp({ ...session, packetMs: 20, direction })));
}
