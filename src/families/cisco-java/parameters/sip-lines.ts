import {
  choice,
  integer,
  parameterRows,
  rowsInside,
  text,
  word,
} from '../../../model/parameter-rows.ts';
import { element, field, usecallmanager } from './sources.ts';
import { boolean, offOn, port, proxy, userSwitch } from './values.ts';

const ring = {
  0: "the system's setting",
  1: 'off',
  2: 'flash only',
  3: 'ring once',
  4: 'ring',
};
const forLines = 'for every line (featureID 9)';

/** Line keys and what they are. */
export const sipLineParameters = parameterRows(
  element(usecallmanager),
  rowsInside('sipProfile/sipLines/line', [
    { name: '@button', type: integer(1), required: 'always', help: 'Key that this is about.' },
    {
      name: '@lineIndex',
      type: integer(1),
      help: 'Number of the line, for featureID 9.',
    },
    {
      name: 'featureID',
      type: integer(1),
      required: 'always',
      help: 'What the key does: 9 line, 2 speed dial, 20 service, 21 speed dial with lamp.',
    },
    { name: 'featureLabel', type: text(30), help: 'Text beside the key.' },
    {
      name: 'proxy',
      type: proxy,
      required: forLines,
      help: 'Server of the line; USECALLMANAGER takes those of callManagerGroup.',
    },
    { name: 'port', type: port, help: 'SIP port of the server.' },
    {
      name: 'name',
      type: text(30),
      required: forLines,
      help: 'Name that the line registers as.',
    },
    { name: 'displayName', type: text(30), help: 'Name that the called party sees.' },
    {
      name: 'authName',
      type: text(30),
      required: 'when the server asks for authentication',
      help: "User name for the server's challenge.",
    },
    {
      name: 'authPassword',
      type: text(30),
      required: 'when the server asks for authentication',
      secret: true,
      help: "Password for the server's challenge.",
    },
    { name: 'contact', type: text(), help: 'User part of Contact, where it differs from name.' },
    {
      name: 'autoAnswer/autoAnswerEnabled',
      type: choice({ 0: 'off', 1: 'on', 2: 'off; in the field', 3: 'on; in the field' }),
      help: 'Answers calls of this line by itself.',
    },
    {
      name: 'autoAnswer/autoAnswerMode',
      type: choice({
        'Auto Answer with Speakerphone': 'loudspeaker',
        'Auto Answer with Headset': 'headset',
      }),
      help: 'Where the sound of such calls goes.',
    },
    {
      name: 'callWaiting',
      type: userSwitch,
      userMayChange: 'by value',
      help: 'Takes a second call. 6900, 8900, 9900: 2 and 3 are on; 7800, 8800: 0, 1.',
    },
    { name: 'sharedLine', type: boolean, help: 'Other phones have the line too.' },
    {
      name: 'messageWaitingLampPolicy',
      type: choice({
        0: 'lamp and prompt, first line only',
        1: 'prompt, first line only',
        2: 'lamp, first line only',
        3: 'lamp and prompt',
        4: 'prompt',
        5: 'lamp',
        6: 'neither',
      }),
      help: 'How waiting messages are shown.',
    },
    {
      name: 'messageWaitingAMWI',
      type: offOn,
      help: 'Short tone at lifting the handset while messages wait.',
    },
    { name: 'messagesNumber', type: word(), help: 'Number that the messages key calls.' },
    { name: 'ringSettingIdle', type: choice(ring), help: 'Ring while the phone is idle.' },
    {
      name: 'ringSettingActive',
      type: choice({ ...ring, 5: 'beep' }),
      help: 'Ring while the phone has a call.',
    },
    {
      name: 'forwardCallInfoDisplay/callerName',
      type: boolean,
      help: "Shows the caller's name of a forwarded call.",
    },
    {
      name: 'forwardCallInfoDisplay/callerNumber',
      type: boolean,
      help: "Shows the caller's number of a forwarded call.",
    },
    {
      name: 'forwardCallInfoDisplay/redirectedNumber',
      type: boolean,
      help: 'Shows the number that forwarded the call.',
    },
    {
      name: 'forwardCallInfoDisplay/dialedNumber',
      type: boolean,
      help: 'Shows the number that was dialled.',
    },
    {
      name: 'maxNumCalls',
      type: integer(1, 200),
      help: 'Most calls of the line. Limits: 6 to 200 by model, 50 on the 7900 series.',
    },
    {
      name: 'busyTrigger',
      type: integer(1, 200),
      help: 'Calls from which the line is busy; not above maxNumCalls.',
    },
    {
      name: 'recordingOption',
      type: choice({ disable: 'off', enable: 'on' }),
      help: 'Lets the user record calls.',
    },
    {
      name: 'speedDialNumber',
      type: word(),
      required: 'for speed dials (featureID 2 and 21)',
      help: 'Number that the key calls or watches.',
      source: field,
    },
    {
      name: 'featureOptionMask',
      type: integer(0),
      help: 'Options of a key that watches an extension; files have 1.',
      source: field,
    },
    {
      name: 'serviceURI',
      type: text(255),
      help: 'What a service key (featureID 20) opens.',
      source: field,
    },
  ]),
);
