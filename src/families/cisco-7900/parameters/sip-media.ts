import { choice, integer, parameterRows } from '../../../model/parameter-rows.ts';
import { common, guide } from './sources.ts';
import { atLeastOne, offOn } from './values.ts';

const mediaPort = integer(16384, 32766);
const sip = (label: string) => `SIP Configuration > ${label}`;

/** Codec, tones and media ports. Guide, Table 3-3; labels of Table 3-6. */
export const mediaParameters = parameterRows(common(guide('Table 3-3')), [
  {
    name: 'preferred_codec',
    type: choice({
      g711ulaw: 'G.711 u-law',
      g711alaw: 'G.711 A-law',
      g729a: 'G.729 annex A',
      none: 'no preference',
    }),
    default: 'g711ulaw',
    menu: sip('Preferred Codec'),
    userMayChange: 'yes',
    help: "Codec that the phone offers first. The sample file's comment writes g729; it is g729a.",
  },
  {
    name: 'enable_vad',
    type: offOn,
    default: '0',
    menu: sip('Enable VAD'),
    userMayChange: 'yes',
    help: 'Sends nothing while nobody speaks (voice activity detection).',
  },
  {
    name: 'tos_media',
    type: choice({
      0: 'routine',
      1: 'priority',
      2: 'immediate',
      3: 'flash',
      4: 'override',
      5: 'critic',
    }),
    default: '5',
    help: 'IP precedence of the media stream.',
  },
  {
    name: 'start_media_port',
    type: mediaPort,
    default: '16384',
    menu: sip('Start Media Port'),
    userMayChange: 'yes',
    help: 'First UDP port for media; not above end_media_port.',
  },
  {
    name: 'end_media_port',
    type: mediaPort,
    default: '32766',
    menu: sip('End Media Port'),
    userMayChange: 'yes',
    help: 'Last UDP port for media; not below start_media_port.',
  },
  {
    name: 'dtmf_inband',
    type: offOn,
    default: '1',
    help: "Puts the digits' tones into the audio.",
  },
  {
    name: 'dtmf_outofband',
    type: choice({
      none: 'never',
      avt: 'when the other side asks for it',
      avt_always: 'always, and no tones in the audio',
    }),
    default: 'avt',
    menu: sip('Out of Band DTMF'),
    userMayChange: 'yes',
    help: 'Sends digits as AVT events beside the audio.',
  },
  {
    name: 'dtmf_avt_payload',
    type: integer(96, 127),
    default: '101',
    since: '2.0',
    help: 'RTP payload type of AVT events. Above 127 the phone takes 101.',
  },
  {
    name: 'dtmf_db_level',
    type: choice({
      1: '6 dB below nominal',
      2: '3 dB below nominal',
      3: 'nominal',
      4: '3 dB above nominal',
      5: '6 dB above nominal',
    }),
    default: '3',
    help: "Level of the digits' tones in the audio.",
  },
]);

/** SIP timers and retransmissions. Guide, Table 3-3. */
export const timerParameters = parameterRows(common(guide('Table 3-3')), [
  {
    name: 'timer_t1',
    type: atLeastOne,
    default: '500',
    unit: 'milliseconds',
    help: 'Shortest wait before a message is sent again.',
  },
  {
    name: 'timer_t2',
    type: atLeastOne,
    default: '4000',
    unit: 'milliseconds',
    help: 'Longest wait before a message is sent again; greater than timer_t1.',
  },
  {
    name: 'timer_invite_expires',
    type: atLeastOne,
    default: '180',
    unit: 'seconds',
    help: 'How long a call may ring; 180 is recommended.',
  },
  {
    name: 'sip_invite_retx',
    type: atLeastOne,
    default: '6',
    help: "How often an INVITE is sent again. The sample file's comment says 7, the table 6.",
  },
  {
    name: 'sip_retx',
    type: atLeastOne,
    default: '10',
    help: "How often any other request is sent again. The sample file's comment says 11, the table 10.",
  },
]);
