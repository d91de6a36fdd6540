import {
  choice,
  integer,
  parameterRows,
  rowsInside,
  text,
  word,
} from '../../../model/parameter-rows.ts';
import { element, field, usecallmanager } from './sources.ts';
import { address, boolean, offOn, port } from './values.ts';

/** The rest of the profile: sound, display, ports, NAT. */
export const sipProfileParameters = parameterRows(
  element(usecallmanager),
  rowsInside('sipProfile', [
    {
      name: 'phoneLabel',
      type: text(12),
      help: 'Text at the top of the display; no blanks on series 7900.',
    },
    {
      name: 'dialTemplate',
      type: word(),
      help: 'Dial plan: name of its file, e.g. dialplan.xml. Without one the phone waits 15 s.',
    },
    { name: 'softKeyFile', type: word(), help: 'Soft keys: name of their file.' },
    {
      name: 'autoAnswerTimer',
      type: integer(0),
      unit: 'seconds',
      help: 'How long before a line with autoAnswerEnabled answers.',
    },
    {
      name: 'autoAnswerAltBehavior',
      type: boolean,
      help: 'Does not answer by itself while another call is up on any line.',
    },
    {
      name: 'autoAnswerOverride',
      type: boolean,
      help: 'Lets a call ask for an answer by itself; files have true, no document describes it.',
    },
    {
      name: 'transferOnhookEnabled',
      type: boolean,
      help: 'Completes a transfer when the handset is put down.',
    },
    { name: 'enableVad', type: boolean, help: 'Sends nothing while nobody speaks.' },
    {
      name: 'preferredCodec',
      type: choice({
        none: 'no preference',
        g711ulaw: 'G.711 u-law',
        g711alaw: 'G.711 A-law',
        g729a: 'G.729 annex A',
      }),
      help: 'Codec that the phone offers first.',
    },
    {
      name: 'dtmfAvtPayload',
      type: integer(96, 127),
      help: 'RTP payload type of digits sent as events.',
    },
    {
      name: 'dtmfDbLevel',
      type: choice({
        1: '6 dB below nominal',
        2: '3 dB below nominal',
        3: 'nominal',
        4: '3 dB above nominal',
        5: '6 dB above nominal',
      }),
      help: "Level of the digits' tones in the audio.",
    },
    {
      name: 'dtmfOutofBand',
      type: choice({
        none: 'never',
        avt: 'when the other side asks for it',
        avt_always: 'always, and no tones in the audio',
      }),
      help: 'Sends digits as events beside the audio.',
    },
    {
      name: 'alwaysUsePrimeLine',
      type: boolean,
      help: 'Takes the first line whenever the handset is lifted.',
    },
    {
      name: 'alwaysUsePrimeLineVoiceMail',
      type: boolean,
      help: 'The messages key takes the first line, not the one with a message.',
    },
    {
      name: 'kpml',
      type: integer(0, 3),
      help: 'Sends each digit as it is pressed (KPML); 0 is off, files have 0 or 3.',
    },
    {
      name: 'stutterMsgWaiting',
      type: integer(0, 3),
      help: 'Stuttering dial tone while messages wait; 0 is off, files have 0, 1 or 2.',
    },
    { name: 'callStats', type: boolean, help: 'Puts statistics of the call into BYE.' },
    {
      name: 'offhookToFirstDigitTimer',
      type: integer(0),
      unit: 'milliseconds',
      help: 'How long the dial tone waits for a digit.',
    },
    {
      name: 'silentPeriodBetweenCallWaitingBursts',
      type: integer(0),
      unit: 'seconds',
      help: 'Pause between the beeps of a waiting call.',
    },
    {
      name: 'startMediaPort',
      type: port,
      help: 'First UDP port for media; not above stopMediaPort. The sample has 16384.',
    },
    {
      name: 'stopMediaPort',
      type: port,
      help: 'Last UDP port for media; not below startMediaPort. The sample has 32766.',
    },
    {
      name: 'voipControlPort',
      type: port,
      help: 'Port that the phone listens on for SIP.',
    },
    { name: 'natEnabled', type: boolean, help: 'Uses natAddress in place of its own address.' },
    { name: 'natAddress', type: address, help: 'Outer address of the NAT.' },
    {
      name: 'natReceivedProcessing',
      type: boolean,
      help: 'Takes the address in received= for natAddress.',
    },
    {
      name: 'externalNumberMask',
      type: word(),
      help: 'Number that others see, X for each digit of the extension.',
    },
    {
      name: 'dscpForAudio',
      type: integer(0, 255),
      help: 'Type-of-service byte of audio: 184 is EF.',
    },
    {
      name: 'dscpVideo',
      type: integer(0, 255),
      help: 'Type-of-service byte of video: 136 is AF41.',
    },
    {
      name: 'ringSettingBusyStationPolicy',
      type: integer(0),
      help: 'How the phone rings while it is in a call; files have 0.',
    },
    {
      name: 'dscpForTelepresence',
      type: integer(0, 255),
      help: 'Type-of-service byte of telepresence.',
      source: field,
    },
    {
      name: 'disableLocalSpeedDialConfig',
      type: boolean,
      help: 'The user cannot set speed dials on the phone.',
      source: field,
    },
    {
      name: 'poundEndOfDial',
      type: boolean,
      help: 'The key # ends dialling.',
      source: field,
    },
    { name: 'advertiseG722Codec', type: offOn, help: 'Offers G.722 in SDP.', source: field },
  ]),
);
