import type { NortelSite, NortelStart } from './nortel-site.ts';

/** What a person does about an IP Phone 2004. */
export type NortelDeed =
  | 'import'
  | 'provision'
  | 'unlock'
  | 'mend file'
  | 'press'
  | 'power'
  | 'by DHCP'
  | 'at the phone'
  | 'let through'
  | 'take away'
  | 'set';

export type NortelFault = Pick<NortelStart, 'from' | 'to' | 'offer'> & {
  readonly name: string;
  readonly fault: (site: NortelSite) => void | Promise<void>;
  /** Code of the finding whose cure is followed. */
  readonly named: string;
  readonly by: readonly NortelDeed[];
  /** Starts that show it; two where it is left out. */
  readonly boots?: number;
  /** It has its image, and something else is wrong until this is so. */
  readonly isRight?: (site: NortelSite, left: readonly string[]) => boolean;
};

const up = { from: '0604D98', to: '0692D93c08' };
const down = { from: '0692D93c08', to: '0604D98' };
const stay = { from: '0692D93c08', to: '0692D93c08' };

const forced = `[DEVICE_CONFIG]
DOWNLOAD_MODE AUTO
VERSION 000001
FILENAME 2004sysConfig.dat

[FW]
DOWNLOAD_MODE FORCED
VERSION 0692D93c08
FILENAME 0692D93.bin
`;

const isFirmware = (file: string) => /\.bin by/.test(file);

export const nortelFaults: readonly NortelFault[] = [
  {
    ...{ name: 'reverted, with 5060 and 7 left on the phone', ...down },
    fault: () => undefined,
    named: 'late-unistim-session',
    by: ['by DHCP', 'power'],
  },
  {
    ...{ name: 'the library lacks the transitional image', ...up },
    fault: ({ library }) => void library.delete('CT12D97.bin'),
    named: 'firmware-missing',
    by: ['import', 'power'],
  },
  {
    ...{ name: 'the service is locked in the middle', ...up },
    async fault(site) {
      site.presses = false;
      await site.boot();
      site.presses = true;
      await site.provision({}, 'locked');
    },
    named: 'ipcm-locked',
    by: ['unlock', 'power'],
  },
  {
    ...{ name: 'the 2004 SIP upgrade is off', ...up },
    fault: ({ provision }) => provision({ '2004-sip-upgrade': 'off' }),
    named: 'sip-upgrade-off',
    by: ['provision', 'unlock', 'press', 'power'],
  },
  {
    ...{ name: 'another transitional image is provisioned', ...up },
    fault: ({ provision }) => provision({ 'transitional-firmware': 'D96' }),
    named: 'not-provisioned',
    by: ['provision', 'unlock', 'press', 'power'],
  },
  {
    ...{ name: 'another SIP image is provisioned', ...up },
    fault: ({ provision }) => provision({ 'sip-firmware': 'D94' }),
    named: 'not-provisioned',
    by: ['provision', 'unlock', 'press', 'power'],
  },
  {
    ...{ name: 'the port of S1 is none in SipUpgradeConfigFile.txt', ...up },
    fault: ({ handMade }) =>
      void handMade.set(
        'SipUpgradeConfigFile.txt',
        Buffer.from('S1.Server.IP=10.0.0.9\nS1.Server.Port=70000\n'),
      ),
    named: 'pointers-wrong',
    by: ['mend file', 'unlock', 'press', 'power'],
  },
  {
    ...{ name: 'TFTP.Server.IP is an address of nobody', ...up },
    fault: ({ handMade }) =>
      void handMade.set(
        'SipUpgradeConfigFile.txt',
        Buffer.from('S1.Server.IP=10.0.0.9\nTFTP.Server.IP=10.0.0.77\n'),
      ),
    named: 'late-control-file',
    by: ['mend file', 'unlock', 'by DHCP', 'power', 'at the phone', 'power'],
  },
  {
    ...{ name: 'a firewall lets nothing to the UFTP port', ...up },
    fault: ({ blocked }) => void blocked.add(5105),
    named: 'uftp-broken-off',
    by: ['let through', 'press', 'power'],
  },
  {
    ...{ name: 'nobody presses FirmW', ...up },
    fault: (site) => void (site.presses = false),
    named: 'software-key-not-pressed',
    by: ['press', 'power'],
  },
  {
    ...{ name: 'a hand-made 2004tftp.cfg says FORCED', ...stay },
    async fault(site) {
      await site.says(site.flash.read().image ?? '');
      site.handMade.set('2004tftp.cfg', Buffer.from(forced));
    },
    named: 'forced-left-on',
    by: ['take away', 'power'],
    isRight: (_, left) => !left.some(isFirmware),
  },
  {
    ...{ name: 'the same, for days', ...stay },
    async fault(site) {
      await site.says(site.flash.read().image ?? '');
      site.handMade.set('2004tftp.cfg', Buffer.from(forced));
      for (let boot = 0; boot < 3; boot++) await site.boot();
    },
    named: 'image-again',
    by: ['take away', 'import', 'set', 'power'],
    isRight: (_, left) => !left.some(isFirmware),
  },
  {
    ...{ name: 'VERSION of a hand-made 2004tftp.cfg is below what the phone runs', ...stay },
    async fault(site) {
      await site.says(site.flash.read().image ?? '');
      const text = forced.replace('FORCED', 'AUTO').replaceAll('0692D93', '0692D92');
      site.handMade.set('2004tftp.cfg', Buffer.from(text));
    },
    named: 'version-not-above-phone',
    by: ['mend file', 'power'],
    isRight: ({ handMade }) => String(handMade.get('2004tftp.cfg')).includes('0692D93c08'),
  },
  {
    ...{ name: 'settings of another server have a higher version', ...stay },
    async fault(site) {
      await site.says(site.flash.read().image ?? '');
      const now = site.flash.read();
      const cached = { ...now.cached, deviceConfig: '000020' };
      site.flash.write({ ...now, cached });
    },
    boots: 1,
    named: 'data-file-passed-over',
    by: ['power'],
    isRight: ({ flash }) => flash.read().cached.deviceConfig === '000001',
  },
  {
    ...{ name: 'offered by itself, and never taken', ...up, offer: 'at-registration' },
    fault(site) {
      site.presses = false;
      site.blocked.add(5105);
    },
    boots: 4,
    named: 'software-tried-often',
    by: ['let through', 'import', 'press', 'power'],
  },
  {
    ...{ name: 'the image of the library is damaged', ...up },
    fault: ({ library }) => void library.set('CT12D97.bin', new Uint8Array(3000)),
    named: 'old-application-came-back',
    by: ['import', 'power', 'set', 'power'],
  },
];
