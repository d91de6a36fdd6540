import { choice, parameterRows, word } from '../../../model/parameter-rows.ts';
import { common, guide } from './sources.ts';
import { offOn, userSwitch } from './values.ts';

const preference = (label: string) => `Call Preferences > ${label}`;

/** How the phone treats calls. Guide, Tables 3-2 and 3-3; labels of the menu Call Preferences. */
export const callParameters = parameterRows(common(guide('Table 3-3')), [
  {
    name: 'anonymous_call_block',
    type: userSwitch,
    default: '0',
    menu: preference('Anonymous Call Block'),
    userMayChange: 'by value',
    since: '2.0',
    help: 'Turns away calls that hide who calls.',
  },
  {
    name: 'autocomplete',
    type: offOn,
    default: '1',
    menu: preference('Auto-Complete Numbers'),
    userMayChange: 'yes',
    help: 'Offers the rest of a number while it is dialled.',
  },
  {
    name: 'callerid_blocking',
    type: userSwitch,
    default: '0',
    menu: preference('Caller ID Blocking'),
    userMayChange: 'by value',
    since: '2.0',
    help: 'Calls as Anonymous.',
  },
  {
    name: 'call_hold_ringback',
    type: userSwitch,
    default: '0',
    menu: preference('Call Hold Ringback'),
    userMayChange: 'by value',
    help: 'Rings when the handset is put down while a call is on hold.',
  },
  {
    name: 'call_waiting',
    type: userSwitch,
    default: '1',
    menu: preference('Call Waiting'),
    userMayChange: 'by value',
    help: 'Takes a second call on a busy line.',
  },
  {
    name: 'dnd_control',
    type: userSwitch,
    default: '0',
    menu: preference('Do Not Disturb'),
    userMayChange: 'by value',
    since: '2.0',
    help: 'Blocks all calls and logs them as missed; 3 makes a phone that only calls out.',
  },
  {
    name: 'cnf_join_enable',
    type: choice({ 0: 'the other two are parted', 1: 'the other two stay connected' }),
    default: '1',
    help: 'What becomes of a conference of three when its host hangs up.',
  },
  {
    name: 'semi_attended_transfer',
    type: offOn,
    default: '1',
    help: 'Lets a call be transferred while the target still rings.',
  },
  {
    name: 'remote_party_id',
    type: offOn,
    default: '0',
    help: 'Sends and accepts the header Remote-Party-ID.',
  },
  {
    name: 'user_info',
    type: choice({ none: 'no user=', phone: 'user=phone', ip: 'user=ip' }),
    default: 'none',
    since: '3.0',
    help: 'The parameter user= in To, From and Contact of REGISTER.',
  },
  {
    name: 'messages_uri',
    type: word(),
    menu: 'SIP Configuration > Messages URI',
    userMayChange: 'yes',
    help: 'Number of the voice mail, called by the messages key.',
  },
  {
    name: 'dial_template',
    type: word(),
    help: 'Dial plan: name of the file without .xml, e.g. dialplan for dialplan.xml.',
    source: guide('Table 3-2 and sample default file'),
  },
]);
