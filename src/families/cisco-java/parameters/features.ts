import { choice, integer, parameterRows, word } from '../../../model/parameter-rows.ts';
import { element, field, usecallmanager } from './sources.ts';
import { boolean, offOn } from './values.ts';

/** Features that are neither SIP nor of one model. */
export const featureParameters = parameterRows(element(usecallmanager), [
  {
    name: 'featurePolicyFile',
    type: word(),
    help: 'File of allowed features. Models 8961, 9951 and 9971.',
  },
  {
    name: 'MissedCallLoggingOption',
    type: { kind: 'form', pattern: /^[01]+$/, form: 'a 0 or 1 for each line, e.g. 100' },
    help: 'Lines whose missed calls are logged, from the first line on.',
  },
  {
    name: 'phonePersonalization',
    type: offOn,
    help: 'Lets other programs change background and ring tone over HTTP.',
  },
  {
    name: 'autoCallPickupEnable',
    type: boolean,
    help: 'Answers at once what is picked up.',
  },
  {
    name: 'blfAudibleAlertSettingOfIdleStation',
    type: offOn,
    help: 'Beeps for calls to a watched extension while this phone is idle.',
  },
  {
    name: 'blfAudibleAlertSettingOfBusyStation',
    type: offOn,
    help: 'Beeps for calls to a watched extension while this phone is busy.',
  },
  {
    name: 'dndCallAlert',
    type: choice({ 0: 'nothing', 1: 'flash', 5: 'beep' }),
    help: 'What a call does while do-not-disturb is on and the server still sends calls.',
  },
  {
    name: 'dndReminderTimer',
    type: integer(0),
    unit: 'minutes',
    help: 'How often the phone beeps to say that do-not-disturb is on.',
  },
  {
    name: 'advertiseG722Codec',
    type: choice({ 0: 'no', 1: 'yes', 2: "the phone's own setting" }),
    help: 'Offers G.722 in SDP.',
  },
  {
    name: 'rollover',
    type: integer(0),
    help: 'Goes on to the next line when one is full; files in the field have 0.',
  },
  {
    name: 'joinAcrossLines',
    type: offOn,
    help: 'Joins calls of different lines.',
  },
  {
    name: 'singleButtonBarge',
    type: choice({ 0: 'off', 1: 'barge', 2: 'barge by conference' }),
    help: 'Breaks into a call of a shared line by its key.',
    source: field,
  },
  {
    name: 'executiveOverridePreemptable',
    type: boolean,
    help: 'No document describes it; files in the field have false.',
    source: field,
  },
  {
    name: 'mlppDomainId',
    type: word(),
    help: 'Domain of call precedence (MLPP).',
    source: field,
  },
  {
    name: 'mlppIndicationStatus',
    type: word(),
    help: 'Shows call precedence: Off, On or Default.',
    source: field,
  },
  {
    name: 'preemption',
    type: word(),
    help: 'Lets calls of higher precedence end others: Disabled, Forceful or Default.',
    source: field,
  },
  {
    name: 'messagesNumber',
    type: word(),
    help: 'Number of the voice mail; SIP files have it in each line.',
    source: field,
  },
  {
    name: 'dialToneSetting',
    type: integer(0),
    help: 'Which dial tone is played; no document describes the numbers.',
    source: field,
  },
  {
    name: 'portalDefaultServer',
    type: word(),
    help: 'No document describes it.',
    source: field,
  },
]);

/** Type of service and mobility, as files of Cisco servers have them. */
export const serverFileParameters = parameterRows(element(field), [
  {
    name: 'dscpForSCCPPhoneConfig',
    type: integer(0, 255),
    help: 'Type-of-service byte while the phone loads its files.',
  },
  {
    name: 'dscpForSCCPPhoneServices',
    type: integer(0, 255),
    help: 'Type-of-service byte of services.',
  },
  {
    name: 'dscpForCm2Dvce',
    type: integer(0, 255),
    help: 'Type-of-service byte of signalling.',
  },
  ...['handoffdn', 'dtmfdn', 'ivrdn'].map((name) => ({
    name: `mobility/${name}`,
    type: word(),
    help: 'Number for calls that move to a mobile phone.',
  })),
  ...['Hold', 'ExclusiveHold', 'Resume', 'Txf', 'Cnf'].map((name) => ({
    name: `mobility/dtmf${name}Code`,
    type: word(),
    help: 'Digits that a mobile phone sends to steer the call, e.g. *81.',
  })),
  {
    name: 'tzdata/tzolsonversion',
    type: word(),
    help: 'Version of the time zone rules, e.g. 2016g.',
  },
  {
    name: 'tzdata/tzupdater',
    type: word(),
    help: 'File with newer time zone rules.',
  },
]);
