import { integer, parameterRows, text, word } from '../../../model/parameter-rows.ts';
import { callManagerExpress, common, field, laterGuide, ownFile } from './sources.ts';
import { ipv4, ipv4OrName, offOn, port } from './values.ts';

/** Keys of later releases that the guide to 4.4 does not know. */
const commonRows = parameterRows(common(field), [
  {
    name: 'call_managerN_addr',
    indexes: [1, 6],
    type: ipv4OrName,
    since: '8.x',
    help: 'Server of the lines whose proxy is USECALLMANAGER; the next one when it is silent.',
  },
  {
    name: 'call_managerN_sip_port',
    indexes: [1, 6],
    type: port,
    since: '8.x',
    help: 'SIP port of that server; files in the field have 5060.',
  },
  {
    name: 'call_stats',
    type: offOn,
    default: '0',
    help: 'Puts RTP statistics into BYE and its answer.',
    source: laterGuide,
  },
  {
    name: 'stutter_msg_waiting',
    type: offOn,
    default: '0',
    help: 'Stuttering dial tone while messages wait.',
  },
  {
    name: 'timer_register_delta',
    type: integer(0),
    unit: 'seconds',
    help: 'How long before its end a registration is renewed; CME writes 5.',
    source: callManagerExpress,
  },
  {
    name: 'local_cfwd_enable',
    type: offOn,
    help: 'Lets the phone forward calls itself; CME writes 1.',
    source: callManagerExpress,
  },
  {
    name: 'cfwd_url',
    type: text(),
    help: 'Number or SIP URL for call forwarding; no document describes it.',
    source: callManagerExpress,
  },
  {
    name: 'Domain_Name',
    type: word(),
    menu: 'Network Configuration > Domain Name',
    userMayChange: 'yes',
    help: 'DNS domain of the phone.',
    source: callManagerExpress,
  },
  {
    name: 'transfer_onhook_enabled',
    type: offOn,
    help: 'Completes a transfer when the handset is put down.',
  },
  {
    name: 'dscpForAudio',
    type: integer(0, 255),
    help: 'Type-of-service byte of the media, e.g. 184; met in place of tos_media.',
  },
  {
    name: 'rfc_2543_hold',
    type: offOn,
    help: 'Holds a call by the address 0.0.0.0 (RFC 2543). Reported by users only.',
  },
  {
    name: 'primary_tftp_addr',
    type: ipv4,
    help: 'TFTP server. In one template only; no document describes it.',
  },
]);

const ownRows = parameterRows(ownFile(callManagerExpress), [
  {
    name: 'auto_answer',
    type: integer(0, 63),
    help: 'Lines that answer by themselves: 1 for line 1, 2, 4, … 32 for line 6, added up; a 7940 to 3.',
    source: `${callManagerExpress}; ${laterGuide}, which says that no file can set it`,
  },
  {
    name: 'speed_lineN',
    indexes: [1, 5],
    type: word(),
    help: 'Number behind a free line key.',
  },
  {
    name: 'speed_labelN',
    indexes: [1, 5],
    type: text(),
    help: 'Text beside that key.',
  },
]);

export const furtherParameters = [...commonRows, ...ownRows];
