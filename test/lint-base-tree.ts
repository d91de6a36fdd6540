import { encodeImageBody, type ImageKind } from '../src/codec/image/cisco-7900-image.ts';
import { encodeSignedFile } from '../src/codec/image/signed-header.ts';
import { sepFile } from './lint-tree.ts';

/** Files by path; text or bytes. */
export type Tree = Map<string, string | Uint8Array>;

export const phone = '0013C4A1B2C3';
export const javaPhone = '0013C4A1B2D4';
const load = 'SIP42.9-4-2SR3-1S';
const components = ['jar42sip', 'cnu42', 'apps42', 'dsp42', 'cvm42sip'].map(
  (name) => `${name}.9-4-2ES26.sbn`,
);

/** A folder for phones in which nothing is wrong. */
export function baseTree(): Tree {
  return new Map<string, string | Uint8Array>([
    ['OS79XX.TXT', 'P003-8-12-00\n'],
    ['SIPDefault.cnf', sipDefault],
    [`SIP${phone}.cnf`, sipPhone],
    [`SEP${phone}.cnf.xml`, sepOf7960],
    [`SEP${javaPhone}.cnf.xml`, sepFile(1)],
    ['MGC0013C4A1B2E5.cnf', '# no document lists the keys of these files\nname : "gate"\n'],
    ['XMLDefault.cnf.xml', xmlDefault],
    ['dialplan.xml', dialPlan],
    ['RINGLIST.DAT', 'Bell\tBell.raw\n'],
    ['Ringlist.xml', ringList],
    ['Bell.raw', new Uint8Array(480)],
    ['syncinfo.xml', '<SYNCINFO>\n  <IMAGE VERSION="*" SYNC="2"/>\n</SYNCINFO>\n'],
    ...firmware(),
    ['2004tftp.cfg', nortelList],
    ['2004sysConfig.dat', nortelSettings],
    ['SipUpgradeConfigFile.txt', nortelPointers],
    ['francais.lng', 'what these files say no document tells'],
    // Of the real ones only the version id inside is assumed.
    ['2004SIP.img', '\x7f firmware 0692D93c08 \x01'],
  ]);
}

const nortelList = `# for the phones of type 2004
[DEVICE_CONFIG]
DOWNLOAD_MODE AUTO
VERSION 000020
FILENAME 2004sysConfig.dat
# SERVER_IP 0.0.0.0
# SERVER_PORT 69

[LANGUAGE]
DOWNLOAD_MODE AUTO
VERSION 000002
FILENAME francais.lng

[FW]
VERSION 0692D93c08
FILENAME 2004SIP.img
#FILENAME 0604D98.bin
`;

const nortelSettings = `SIP_DOMAIN1 example.net
DNS_DOMAIN example.net
FORCE_BANNER Yes
UPDATE_USERS Yes
DEF_USER1 userid?
SIP_PING YES
DST_ENABLED YES
TIMEZONE_OFFSET -18000
VMAIL 64167530
VMAIL_DELAY 1000
DEF_LANG Francais
MAX_INBOX_ENTRIES 100
BANNER The Warehouse
DEF_AUDIO_QUALITY High
DEF_DISPLAY_IM NO
AUTO_UPDATE YES
AUTO_UPDATE_TIME 10800
`;

const nortelPointers = `S1.Server.IP=192.0.2.10
S1.Server.Port=5060
S1.Server.Action=7
S1.Server.Domain=example.net
S2.Server.IP=0.0.0.0
S2.Server.Port=5060
S2.Server.Action=7
S2.Server.Domain=example.net
TFTP.Server.IP=192.0.2.5
DNS.Server.IP=192.0.2.53
`;

const sipDefault = `# for all phones
proxy1_address: "192.0.2.10"
proxy1_port: "5060"
proxy_register: "1"
timer_register_expires: "3600"
preferred_codec: "g711alaw"
start_media_port: "16384"
end_media_port: "32766"
timer_t1: "500"
timer_t2: "4000"
dtmf_outofband: "avt"   ; the default
call_waiting: "1"
telnet_level: "0"
http_proxy_addr: ""
dial_template: "dialplan"
tftp_cfg_dir: "./"
sync: "1"

sntp_mode: "unicast"
sntp_server: "192.0.2.20"
time_zone: "EST"
dst_auto_adjust: "1"
dst_offset: "01/00"
dst_start_month: "March"
dst_start_day: "0"
dst_start_day_of_week: "Sunday"
dst_start_week_of_month: "2"
dst_start_time: "02/00"
dst_stop_month: "November"
dst_stop_day: "0"
dst_stop_day_of_week: "Sunday"
dst_stop_week_of_month: "1"
dst_stop_time: "02/00"
`;

const sipPhone = `# the phone in the hall
line1_name: "1001"
line1_authname: "1001"
line1_password: "s3cret"
line2_name: "1002"
phone_label: "Hall"
user_info: "phone"
`;

const sepOf7960 = `<device>
  <deviceProtocol>SIP</deviceProtocol>
  <loadInformation model="IP Phone 7960">P0S3-8-12-00</loadInformation>
</device>
`;

const xmlDefault = `<Default>
  <callManagerGroup>
    <members>
      <member priority="0">
        <callManager>
          <ports>
            <ethernetPhonePort>2000</ethernetPhonePort>
          </ports>
          <processNodeName>192.0.2.10</processNodeName>
        </callManager>
      </member>
    </members>
  </callManagerGroup>
  <loadInformation8 model="IP Phone 7940">P0S3-8-12-00</loadInformation8>
  <loadInformation7 model="IP Phone 7960">P0S3-8-12-00</loadInformation7>
  <loadInformation404 model="Cisco 7962">${load}</loadInformation404>
</Default>
`;

const dialPlan = `<DIALTEMPLATE>
  <TEMPLATE MATCH="112" TIMEOUT="0"/>
  <TEMPLATE MATCH="1..." TIMEOUT="0" USER="Phone"/>
  <TEMPLATE MATCH="\\*.." TIMEOUT="0"/>
  <TEMPLATE MATCH="9,0.........." TIMEOUT="0" REWRITE="%1"/>
  <TEMPLATE MATCH="*" TIMEOUT="5"/>
</DIALTEMPLATE>
`;

const ringList = `<CiscoIPPhoneRingList>
  <Ring>
    <DisplayName>Bell</DisplayName>
    <FileName>Bell.raw</FileName>
  </Ring>
</CiscoIPPhoneRingList>
`;

function firmware(): readonly (readonly [string, Uint8Array])[] {
  const loads = `P003-8-12-00.sbn\nP0S3-8-12-00.sb2\nLA_VERSION=PAS30830\n`;
  const javaLoads = ['#', '# components of the load', '#', ...components, ''].join('\r\n');
  return [
    ['P003-8-12-00.bin', image('P003-8-12-00', 'loader')],
    signedFile('P003-8-12-00.sbn', image('P003-8-12-00', 'loader')),
    signedFile('P0S3-8-12-00.sb2', image('P0S3-8-12-00', 'application')),
    signedFile('P0S3-8-12-00.loads', Buffer.from(loads)),
    signedFile(`${load}.loads`, Buffer.from(javaLoads)),
    ...components.map((name) => signedFile(name, Buffer.from('CNU_File_Archive_3.0'))),
  ];
}

/** An image of a 7940 or 7960 with nothing that runs. */
export function image(name: string, kind: ImageKind, internalVersion = 'PAS30830'): Uint8Array {
  return encodeImageBody({ name, kind, internalVersion, size: 1024, fill: () => undefined });
}

/** A file behind a signed header, as firmware is shipped. */
export function signedFile(
  fileName: string,
  body: Uint8Array,
  signer = 'CN=someSigner;OU=someOrgUnit;O=someOrg',
): readonly [string, Uint8Array] {
  const bytes = encodeSignedFile({
    ...{ fileName, body, signerName: signer, issuer: 'CN=someCA;OU=someOrgUnit;O=someOrg' },
    signerSerial: Uint8Array.of(0x12, 0x34),
    hash: 'sha1',
    signatureLength: 256,
    sign: () => new Uint8Array(256),
  });
  return [fileName, bytes];
}
