import { javaPhone, phone } from './lint-base-tree.ts';
import { type Change, seed, edit, append, type Seed } from './lint-seed.ts';

const common = 'SIPDefault.cnf';
const own = `SIP${phone}.cnf`;
const java = `SEP${javaPhone}.cnf.xml`;
const xmlDefault = 'XMLDefault.cnf.xml';

export const parameters: readonly Seed[] = [
  seed(
    'unknown-parameter',
    common,
    'prefered_codec',
    edit(common, 'preferred_codec', 'prefered_codec'),
  ),
  seed('unknown-parameter', own, 'line7_name', append(own, 'line7_name: "1007"\n')),
  seed(
    'alias-parameter',
    common,
    'dst_stop_autoadjust',
    edit(common, 'dst_auto_adjust', 'dst_stop_autoadjust'),
  ),
  seed('parameter-case', own, 'User_Info', edit(own, 'user_info', 'User_Info')),
  seed('bad-value', common, 'start_media_port', edit(common, '"16384"', '"16348"')),
  seed('bad-value', common, 'dtmf_outofband', edit(common, '"avt"', '"rfc2833"')),
  seed('bad-value', own, 'phone_label', edit(own, '"Hall"', '"The hall downstairs"')),
  seed('bad-value', java, 'transportLayerProtocol', edit(java, 'Protocol>2<', 'Protocol>tcp<')),
  seed('bad-value', java, 'phoneLabel', edit(java, '>Desk-1<', '>Desk number one<')),
  seed(
    'placeholder-left',
    own,
    'proxy2_address',
    append(own, 'proxy2_address: "xxx.xxx.xxx.xxx"\n'),
  ),
  seed('placeholder-left', java, '%%NTP%%', edit(java, '<name>192.0.2.1<', '<name>%%NTP%%<')),
  seed(
    'placeholder-left',
    xmlDefault,
    'processNodeName',
    edit(xmlDefault, '192.0.2.10', '{$server}'),
  ),
  seed(
    'phone-parameter-in-default-file',
    common,
    'line2_shortname',
    append(common, 'line2_shortname: "two"\n'),
  ),
  seed(
    'fixed-value-in-default-file',
    common,
    'call_waiting',
    edit(common, 'waiting: "1"', 'waiting: "3"'),
  ),
  seed('repeated-parameter', own, 'user_info: "ip"', append(own, 'user_info: "ip"\n')),
  seed(
    'media-ports-crossed',
    common,
    'start_media_port',
    edit(common, '"16384"', '"32000"'),
    edit(common, '"32766"', '"20000"'),
  ),
  seed('media-ports-crossed', java, 'startMediaPort', edit(java, '>16384<', '>32767<')),
  seed('timers-crossed', common, 'timer_t2', edit(common, '"4000"', '"400"')),
  seed('timers-crossed', java, 'timerT1', edit(java, '>4000<', '>500<')),
  seed('authentication-incomplete', own, 'line1_authname', edit(own, '"s3cret"', 'UNPROVISIONED')),
  seed('authentication-incomplete', own, 'line2_password', append(own, 'line2_password: "x"\n')),
  seed(
    'authentication-incomplete',
    java,
    '<authPassword>',
    edit(java, '<authName>10011</authName>', '<authName/>'),
  ),
  seed(
    'http-proxy-port',
    common,
    'http_proxy_addr',
    edit(common, 'addr: ""', 'addr: "192.0.2.30"'),
  ),
  seed(
    'dial-template-extension',
    common,
    'dial_template',
    edit(common, '"dialplan"', '"dialplan.xml"'),
  ),
  seed('secret-in-common-file', common, 'phone_password', append(common, 'phone_password: "x"\n')),
  seed(
    'secret-in-common-file',
    xmlDefault,
    'sshPassword',
    edit(xmlDefault, '</Default>', '<sshPassword>x</sshPassword>\n</Default>'),
  ),
  seed(
    'image-version-left',
    common,
    'image_version',
    append(common, 'image_version: "P0S3-8-12-00"\n'),
  ),
];

export const time: readonly Seed[] = [
  seed('time-zone-missing', common, 'sntp_mode', edit(common, 'time_zone: "EST"\n', '')),
  seed('time-zone-unknown', common, 'time_zone', edit(common, '"EST"', '"XYZ"')),
  seed('time-zone-case', common, 'time_zone', edit(common, '"EST"', '"est"')),
  seed('time-zone-ambiguous', common, 'time_zone', edit(common, '"EST"', '"GST"')),
  seed('time-zone-clash', common, 'time_zone', edit(common, '"EST"', '"NST"')),
  seed('time-zone-alias', common, 'time_zone', edit(common, '"EST"', '"Chicago"')),
  seed('time-zone-number', common, 'time_zone', edit(common, '"EST"', '"-5"')),
  seed('dst-unreadable', common, 'dst_start_month', edit(common, '"March"', '"Mars"')),
  seed('dst-offset-default', common, 'time_zone', edit(common, 'dst_offset: "01/00"\n', '')),
  seed(
    'dst-week-missing',
    common,
    'dst_start_week_of_month',
    edit(common, '_month: "2"', '_month: "5"'),
  ),
  seed('dst-day-missing', common, 'dst_stop_day:', edit(common, 'stop_day: "0"', 'stop_day: "31"')),
  seed('dst-empty', common, 'dst_stop_month', ...sameChange()),
  seed('no-time-source', common, 'sntp_server', edit(common, '"192.0.2.20"', '"0.0.0.0"')),
  seed('dst-outdated', common, 'dst_start_month', edit(common, '"March"', '"April"')),
  seed(
    'java-zone-unknown',
    java,
    'timeZone',
    edit(java, 'W. Europe Standard/Daylight Time', 'Europe/Berlin'),
  ),
];

/** In a zone for which nothing is known of the law. */
function sameChange(): readonly Change[] {
  return [
    edit(common, '"EST"', '"JST"'),
    edit(common, '"November"', '"March"'),
    edit(common, 'stop_week_of_month: "1"', 'stop_week_of_month: "2"'),
  ];
}
