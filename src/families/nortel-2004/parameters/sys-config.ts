import { choice, integer, parameterRows, text, word } from '../../../model/parameter-rows.ts';
import type { ParameterTable } from '../../../model/parameter.ts';
import { ipv4OrName, labNote, likely, noted } from './sources.ts';

const yesNo = choice({ YES: 'on', NO: 'off' }, 'any case');

/** What the note explains itself. */
const explained = parameterRows(noted('4'), [
  {
    name: 'SIP_DOMAINN',
    indexes: [1, 2],
    type: ipv4OrName,
    help: 'SIP domain, offered when a user logs in.',
  },
  {
    name: 'BANNER',
    type: text(24),
    default: 'Nortel SIP Client',
    help: 'Text on the idle display. The 24 characters and the default are those of later phones.',
  },
  {
    name: 'DEF_USERN',
    indexes: [1, 2],
    type: text(),
    help: 'Text at the prompt for the user at the first login; a general one, not the name of a user.',
  },
  {
    name: 'VMAIL',
    type: text(),
    help: "Number of the voice mail. Whether a # in it is dialled or begins a comment is not said: the note has 64167530# in the listing and 64167530 in the figure. Later phones take it for new users' profiles only.",
  },
  {
    name: 'AUTO_UPDATE',
    type: yesNo,
    default: 'NO',
    help: 'Asks the TFTP server for 2004tftp.cfg once a day; what is then fetched, that file decides.',
  },
  {
    name: 'AUTO_UPDATE_TIME',
    type: integer(0, 86399),
    default: '0',
    unit: 'seconds after midnight',
    help: 'When AUTO_UPDATE asks, and up to an hour later, at random, so that not all phones ask at once.',
  },
]);

const users = parameterRows(likely('4'), [
  { name: 'DNS_DOMAIN', type: ipv4OrName, help: 'DNS domain of the phone.' },
  {
    name: 'FORCE_BANNER',
    type: yesNo,
    default: 'NO',
    help: "YES: at each start BANNER takes the place of the user's own.",
  },
  {
    name: 'UPDATE_USERS',
    type: yesNo,
    help: 'In no guide; by its name, whether the settings are for users that the phone knows already.',
    source: labNote('4'),
    confidence: 'low',
  },
  {
    name: 'SIP_PING',
    type: yesNo,
    help: 'Asks the proxy again and again whether it is there, which keeps a firewall open too; after three failures the phone takes the next proxy. Sources disagree on the default.',
  },
  {
    name: 'VMAIL_DELAY',
    type: integer(0),
    default: '1000',
    unit: 'ms',
    help: 'From the answer of the voice mail until the user id is dialled.',
  },
  {
    name: 'DEF_LANG',
    type: word(),
    default: 'English',
    help: 'Language at the start; it has to be fetched by [LANGUAGE], else it is English.',
  },
  {
    name: 'DEF_AUDIO_QUALITY',
    type: choice({ High: 'G.711, 20 ms', Medium: 'G.711, 30 ms', Low: 'G.729, 30 ms' }, 'any case'),
    default: 'High',
    help: 'Codec and time of a packet; any other value is High.',
  },
  { name: 'DEF_DISPLAY_IM', type: yesNo, default: 'NO', help: 'Shows instant messages.' },
]);

const clock = parameterRows(likely('4'), [
  {
    name: 'DST_ENABLED',
    type: yesNo,
    default: 'YES',
    aliases: ['DST_ENABLE'],
    help: 'Daylight saving by the rules of North America since 2007, whatever the zone.',
  },
  {
    name: 'TIMEZONE_OFFSET',
    type: integer(-43200, 50400),
    default: '0',
    unit: 's from GMT',
    help: 'Time zone: -18000 is New York. The server gives the time in GMT.',
  },
]);

const lists = parameterRows(likely('4'), [
  {
    name: 'MAX_INBOX_ENTRIES',
    type: integer(0),
    default: '100',
    help: 'Calls received that the phone remembers.',
  },
  {
    name: 'MAX_OUTBOX_ENTRIES',
    type: integer(0),
    default: '100',
    help: 'Calls made that the phone remembers.',
  },
  {
    name: 'MAX_REJECTREASONS',
    type: integer(0),
    default: '20',
    help: 'Reasons for turning a call away that the phone remembers.',
  },
  {
    name: 'MAX_PRESENCENOTE',
    type: integer(0),
    default: '20',
    help: 'Notes on presence that the phone remembers.',
  },
  {
    name: 'MAX_CALLSUBJECT',
    type: integer(0),
    default: '20',
    help: 'Subjects of calls that the phone remembers.',
  },
]);

/** `2004sysConfig.dat`: NN42020-202, section 4. */
export const sysConfigTable: ParameterTable = {
  id: 'nortel-2004-sysconfig',
  title: 'Nortel IP Phone 2004: 2004sysConfig.dat',
  files: '2004sysConfig.dat, the settings of all phones with a SIP load',
  parameters: [...explained, ...users, ...clock, ...lists],
};
