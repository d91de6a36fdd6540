import { nortelImage } from '../../testing/nortel-trial.ts';

/** The example of NN42020-202, with the lines that a test wants otherwise. */
export function provisioning(
  more: Partial<Record<'device' | 'language' | 'fw', string>> = {},
): string {
  const {
    device = 'DOWNLOAD_MODE AUTO \nVERSION 000020 \nFILENAME 2004sysConfig.dat ',
    language = 'DOWNLOAD_MODE AUTO \nVERSION 000002 \nFILENAME francais.lng ',
    fw = 'DOWNLOAD_MODE AUTO \nVERSION 0692D93c08 \nFILENAME 2004SIP.img \n#FILENAME 0604D98.bin ',
  } = more;
  const servers = '# SERVER_IP 0.0.0.0 \n# SERVER_PORT 69 \n';
  return `[DEVICE_CONFIG] \n${device}\n${servers}\n[LANGUAGE] \n${language}\n${servers}\n[FW] \n${fw}\n${servers}`;
}

/** `2004sysConfig.dat`. */
export const settings = [
  ...['SIP_DOMAIN1 example.com ', 'DEF_USER1 userid? ', 'BANNER Billerica SIP Client '],
  ...['FORCE_BANNER Yes', 'VMAIL 64167530# ', 'TIMEZONE_OFFSET -18000 ', 'DST_ENABLED YES '],
  ...['DEF_LANG francais ', 'SIP_PING NO', 'AUTO_UPDATE NO '],
].join('\n');

/** What the master TFTP server has. */
export const files = {
  '2004tftp.cfg': provisioning(),
  '2004sysConfig.dat': settings,
  'francais.lng': '# 2006-09-18\nbonjour\n',
  '2004SIP.img': nortelImage('0692D93c08'),
};
