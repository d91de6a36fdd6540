import { choice, parameterRows, text, word } from '../../../model/parameter-rows.ts';
import { common, guide } from './sources.ts';
import { url } from './values.ts';

/** Firmware, restart, remote access and services. Guide, Table 3-3. */
export const maintenanceParameters = parameterRows(common(guide('Table 3-3')), [
  {
    name: 'image_version',
    aliases: ['Image_version'],
    type: { kind: 'image' },
    required: "in the default file or in the phone's",
    help: 'Image to run, as its file is called, without extension. A renamed file does not load.',
  },
  {
    name: 'tftp_cfg_dir',
    type: word(),
    required: "when the phones' own files are in a subfolder",
    menu: 'SIP Configuration > TFTP Directory',
    userMayChange: 'yes',
    since: '2.0',
    help: "Folder of the phones' own files; the phone puts it in front of the name as it stands.",
  },
  {
    name: 'sync',
    type: text(32),
    default: '1',
    since: '2.0',
    help: 'Compared with syncinfo.xml after NOTIFY check-sync; the phone restarts when they differ.',
    source: guide('Table 3-3 and Performing an Image Upgrade and Remote Reboot'),
  },
  {
    name: 'telnet_level',
    type: choice({ 0: 'no Telnet', 1: 'plain commands', 2: 'privileged commands too' }),
    default: '0',
    help: 'Who may do what over Telnet.',
  },
  {
    name: 'phone_prompt',
    type: text(15),
    default: 'SIP Phone',
    since: '3.0',
    help: 'Prompt on the console and over Telnet.',
    source: `${guide('Table 3-3')}; length: comment in configuration files in the field`,
  },
  {
    name: 'phone_password',
    type: text(31),
    default: 'cisco',
    secret: true,
    since: '3.0',
    help: 'Password of the console and Telnet; from 4.2 it also unlocks the settings menus.',
    source: `${guide('Table 3-3')}; length: comment in configuration files in the field`,
  },
  {
    name: 'services_url',
    type: url,
    help: 'Menu that the services key opens.',
  },
  {
    name: 'directory_url',
    type: url,
    help: 'External directory of the directory key.',
  },
  {
    name: 'logo_url',
    type: url,
    help: 'Picture on the display: Windows bitmap, 256 colours, 90 by 56 pixels, 5 to 15 KB.',
  },
  {
    name: 'language',
    type: choice({ English: 'the only language' }, 'any case'),
    default: 'English',
    help: 'Meant for later releases.',
  },
]);
