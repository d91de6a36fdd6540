import { choice, integer, type ParameterRow, text, word } from '../../../model/parameter-rows.ts';
import { annotated, field } from './sources.ts';
import { numbers, offOn } from './values.ts';

/** Bluetooth, USB, Wi-Fi. */
export const portRows: readonly ParameterRow[] = [
  {
    name: 'bluetooth',
    type: offOn,
    help: 'Bluetooth. Models 8845, 8851, 8861, 8865, 8945, 9951 and 9971.',
  },
  {
    name: 'bluetoothProfile',
    type: numbers(0, 1),
    help: 'Bluetooth devices: 0 handsfree, 1 keyboard and the like.',
  },
  { name: 'btpbap', type: offOn, help: 'Shows the contacts of the Bluetooth device.' },
  {
    name: 'bthfu',
    type: offOn,
    help: 'Makes calls through the Bluetooth device as a second line.',
  },
  { name: 'wifi', type: offOn, help: 'Wi-Fi. Models 8861, 8865 and 9971.' },
  { name: 'sdio', type: offOn, help: 'Slot for SD cards.' },
  { name: 'usbN', indexes: [1, 2], type: offOn, help: 'USB port.' },
  {
    name: 'usbClasses',
    type: numbers(0, 2),
    help: 'USB devices: 0 storage, 1 keyboard and the like, 2 sound.',
  },
];

const locked = choice({ 0: 'open', 1: 'locked', 2: 'name and password only' });

/** Cordless models: 8821 and 792x. */
export const cordlessRows: readonly ParameterRow[] = [
  {
    name: 'accessContacts',
    type: choice({ 0: 'none', 1: 'read and write', 2: 'read' }),
    help: 'Contacts. Model 8821.',
  },
  {
    name: 'accessFavorites',
    type: choice({ 0: 'none', 1: 'read and write', 2: 'read' }),
    help: 'Favourites. Model 8821.',
  },
  { name: 'accessVoicemail', type: offOn, help: 'Voice mail. Model 8821.' },
  { name: 'accessApps', type: offOn, help: 'Applications. Model 8821.' },
  {
    name: 'applicationURL',
    type: text(255),
    help: 'What the application button opens. Model 8821.',
  },
  {
    name: 'appButtonTimer',
    type: integer(0, 5),
    unit: 'seconds',
    help: 'How long that button must be held. Model 8821 and series 792x.',
  },
  {
    name: 'appButtonPriority',
    type: choice({ 0: 'when idle', 1: 'unless the keypad is locked', 2: 'always' }),
    help: 'When that button works. Model 8821 and series 792x.',
  },
  {
    name: 'homeScreen',
    type: choice({ 0: 'applications', 1: 'lines' }),
    help: 'First screen. Model 8821 and series 792x.',
  },
  {
    name: 'sendKeyAction',
    type: choice({ 0: 'shows the last numbers', 1: 'gives the dial tone' }),
    help: 'What the send key does. Model 8821 and series 792x.',
  },
  {
    name: 'specialNumbers',
    type: word(16),
    help: 'Numbers that a locked phone calls, with commas between. Model 8821 and series 792x.',
  },
  {
    name: 'outOfRangeAlert',
    type: choice({
      0: 'none',
      1: 'one beep',
      2: 'every 10 s',
      3: 'every 30 s',
      4: 'every 60 s',
    }),
    help: 'Beeps out of range. Model 8821 and series 792x.',
  },
  {
    name: 'scanningMode',
    type: choice({
      0: 'in calls or when the signal is weak',
      1: 'at start and when the signal is lost',
      2: 'always',
    }),
    help: 'When it looks for access points. Model 8821 and series 792x.',
  },
  {
    name: 'powerOffWhenCharging',
    type: offOn,
    help: 'Off in the charger. Model 8821 and series 792x.',
  },
  {
    name: 'WlanProfileN',
    indexes: [1, 4],
    type: locked,
    help: 'What the user may change of a Wi-Fi profile. Series 792x.',
    source: annotated,
  },
  {
    name: 'PushToTalkURL',
    type: text(255),
    help: 'What the push-to-talk button opens. Series 792x.',
    source: annotated,
  },
  {
    name: 'phoneBookWebAccess',
    type: integer(0),
    help: 'What the web server shows of the phone book. Series 792x.',
    source: annotated,
  },
  {
    name: 'unlockSettingsSequence',
    type: offOn,
    help: 'Settings open only after **#. Series 792x.',
    source: annotated,
  },
  {
    name: 'restrictDataRates',
    type: offOn,
    help: 'Keeps to the data rates of the access point (CCX 4). Series 792x.',
    source: annotated,
  },
  {
    name: 'fileSystemVerificationEnable',
    type: offOn,
    help: 'Checks the file system at upgrades; slow. Series 792x.',
    source: annotated,
  },
  { name: 'java', type: offOn, help: 'Java applications. Series 792x.', source: field },
  {
    name: 'barCodeSymbologyGroup',
    type: word(),
    help: 'Bar codes that the scanner reads. Series 792x.',
    source: annotated,
  },
  {
    name: 'scannerCommands',
    type: text(),
    help: 'Commands for the scanner. Series 792x.',
    source: annotated,
  },
];
