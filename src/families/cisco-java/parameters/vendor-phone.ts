import { choice, integer, type ParameterRow, text, word } from '../../../model/parameter-rows.ts';
import { annotated, field } from './sources.ts';
import { boolean, days, hoursMinutes, offOn, onOff, url } from './values.ts';

/** Sound: loudspeaker, headset, codecs, ring, recording. */
export const soundRows: readonly ParameterRow[] = [
  {
    name: 'disableSpeaker',
    type: boolean,
    default: 'false',
    help: 'Takes the loudspeaker away.',
    source: annotated,
  },
  {
    name: 'disableSpeakerAndHeadset',
    type: boolean,
    default: 'false',
    help: 'Takes loudspeaker and headset away.',
    source: annotated,
  },
  {
    name: 'enableMuteFeature',
    type: boolean,
    help: 'Soft key that mutes, for models without a key for it.',
  },
  { name: 'enableGroupListen', type: boolean, help: 'Handset and headset at the same time.' },
  {
    name: 'g722CodecSupport',
    type: choice({ 0: "the phone's own setting", 1: 'off', 2: 'on' }),
    default: '0',
    help: 'Codec G.722.',
    source: annotated,
  },
  {
    name: 'handsetWidebandEnable',
    type: choice({ 0: "the phone's own setting", 1: 'on', 2: 'off' }),
    default: '0',
    help: 'Wideband audio in the handset.',
    source: annotated,
  },
  {
    name: 'headsetWidebandEnable',
    type: choice({ 0: "the phone's own setting", 1: 'on', 2: 'off' }),
    help: 'Wideband audio in the headset.',
    source: field,
  },
  {
    name: 'handsetWidebandUIControl',
    type: onOff,
    default: '0',
    help: 'Lets the user choose wideband for the handset.',
    source: annotated,
  },
  {
    name: 'headsetWidebandUIControl',
    type: onOff,
    default: '0',
    help: 'Lets the user choose wideband for the headset.',
    source: annotated,
  },
  {
    name: 'minimumRingVolume',
    type: integer(0, 15),
    help: 'Lowest volume of the ring; 0 is silent.',
  },
  {
    name: 'adminConfigurableRinger',
    type: choice({ 0: 'the user chooses', 1: 'Sunrise, series 8800', 2: 'Chirp 1', 3: 'Chirp 2' }),
    help: 'Ring tone for good.',
  },
  {
    name: 'recordingTone',
    type: offOn,
    help: 'Beeps during calls, whether they are recorded or not.',
  },
  {
    name: 'recordingToneLocalVolume',
    type: integer(0, 100),
    unit: 'percent',
    help: 'Volume of that beep here.',
  },
  {
    name: 'recordingToneRemoteVolume',
    type: integer(0, 100),
    unit: 'percent',
    help: 'Volume of that beep at the other side.',
  },
  { name: 'recordingToneDuration', type: integer(0), help: 'Length of that beep.' },
  {
    name: 'headsetHandsetMonitor',
    type: choice({ 0: 'headset only', 1: 'headset and handset' }),
    help: 'What is on during a call with a headset.',
    source: annotated,
  },
  { name: 'ehookEnable', type: offOn, help: 'Lets a headset lift the handset over the AUX port.' },
];

const inactive = (what: string): readonly ParameterRow[] => {
  const name = what === 'display' ? 'Display' : 'Backlight';
  return [
    {
      name: `days${name}NotActive`,
      type: days,
      help: `Days on which the ${what} is off after ${what}IdleTimeout.`,
    },
    { name: `${what}OnTime`, type: hoursMinutes, help: `Time at which the ${what} goes on.` },
    {
      name: `${what}OnDuration`,
      type: hoursMinutes,
      help: `How long the ${what} stays on from then.`,
    },
    {
      name: `${what}IdleTimeout`,
      type: hoursMinutes,
      help: `How long the ${what} stays on after use outside that time.`,
    },
    {
      name: `${what}OnWhenIncomingCall`,
      type: offOn,
      help: `A call puts the ${what} on outside that time.`,
    },
  ];
};

/** Display and backlight. */
export const displayRows: readonly ParameterRow[] = [
  {
    name: 'defaultWallpaperFile',
    type: word(),
    help: 'Background picture; backgroundImageAccess must be false. Series 8800, 8900 and 9900.',
  },
  ...inactive('display'),
  ...inactive('backlight'),
  {
    name: 'displayRefreshRate',
    type: choice({ 0: 'normal', 1: 'against flicker' }),
    help: 'Refresh rate of the display.',
  },
  {
    name: 'loggingDisplay',
    type: integer(0, 2),
    help: 'Whether the phone writes a log; files have 1. No document describes the numbers.',
    source: field,
  },
];

/** Keys, soft keys and how calls are shown. */
export const callRows: readonly ParameterRow[] = [
  {
    name: 'settingsAccess',
    type: choice({ 0: 'none', 1: 'all', 2: 'ring, contrast and volume only' }),
    default: '1',
    help: 'Which settings the user may see and change.',
    source: annotated,
  },
  {
    name: 'holdResumeKey',
    type: choice({ 0: 'holds and resumes', 1: 'holds' }),
    help: 'What the hold key does. Series 7800 and 8800.',
  },
  { name: 'recentsSoftKey', type: offOn, help: 'Soft key for recent calls. Series 7800.' },
  {
    name: 'moreKeyReversionTimer',
    type: integer(0, 30),
    unit: 'seconds',
    help: 'When the first soft keys come back after the key more; 0 never.',
  },
  {
    name: 'autoSelectLineEnable',
    type: offOn,
    help: 'A call on any line comes to the front, not only on the line in use.',
  },
  { name: 'autoCallSelect', type: offOn, help: 'A call comes to the front by itself.' },
  {
    name: 'incomingCallToastTimer',
    type: integer(0),
    unit: 'seconds',
    help: 'How long a call is announced on top of the display; 0 not at all.',
  },
  {
    name: 'joinAndDirectTransferPolicy',
    type: integer(0),
    help: 'Whether calls of one line or of several may be joined; files have 0.',
  },
  {
    name: 'simplifiedNewCall',
    type: offOn,
    help: 'Dials without offers from the call list. Series 7800, 8800, 8900 and 9900.',
  },
  {
    name: 'actionableAlert',
    type: offOn,
    help: 'Shows a call at the bottom of the display. Series 7800, 8800, 8900 and 9900.',
  },
  {
    name: 'softkeyControl',
    type: offOn,
    help: 'Soft keys as in softKeyFile, not by feature policy. Series 7800, 8800 and 9900.',
  },
  { name: 'kemOneColumn', type: offOn, help: 'One key a row on modules with more keys.' },
  {
    name: 'lineMode',
    type: offOn,
    help: 'Keys right of the display are line keys. Series 7800 and 8800.',
  },
  {
    name: 'callParkMonitor',
    type: offOn,
    help: 'Watches parked calls with a line key. Series 7800 and 8800.',
  },
  {
    name: 'showCallHistoryForSelectedLine',
    type: offOn,
    help: 'Call list of the line in use only.',
  },
  { name: 'dialToneFromReleaseKey', type: offOn, help: 'Ending a call opens a new one.' },
  {
    name: 'markCallAsSpam',
    type: offOn,
    help: 'Soft key that marks calls as unwanted. Series 7800 and 8800.',
  },
  {
    name: 'lowerYourVoiceAlert',
    type: offOn,
    help: 'Says so when the speaker is too loud. Series 7800 and 8800.',
  },
  { name: 'videoCapability', type: offOn, help: 'Video.' },
  {
    name: 'separateMute',
    type: offOn,
    help: 'The mute key leaves the video on. Series 9900.',
  },
  {
    name: 'hideVideoByDefault',
    type: offOn,
    help: 'Hides the video window and goes on sending. Series 8900 and 9900.',
  },
  { name: 'ciscoCamera', type: offOn, help: 'Camera.' },
  {
    name: 'problemReportUploadURL',
    type: url,
    help: 'Where problem reports go. Series 7800 and 8800.',
  },
  {
    name: 'allCallsOnPrimary',
    type: offOn,
    help: 'Shows the calls of all lines on the first one.',
    source: field,
  },
  {
    name: 'callHoldRingback',
    type: offOn,
    help: 'Rings when the handset is put down while a call is on hold.',
    source: field,
  },
  {
    name: 'lldpAssetId',
    type: text(),
    help: 'Name of the device in LLDP.',
    source: field,
  },
];
