import { zoneNameFor } from './zone-names.ts';

/**
 * A parameter of the 7940/7960's files that means the same as an element of a SEP file. `path` has
 * `[N]` where the word has an index; without a number it is for every line. `to` makes the
 * element's value of the word's, undefined where there is none.
 */
export type CommonWord = {
  readonly word: string;
  readonly path: string;
  readonly to: (value: string) => string | undefined;
};

const same = (value: string) => value;
const boolean = (value: string) => ({ '0': 'false', '1': 'true' })[value];
const planFile = (value: string) => (value === '' ? '' : `${value}.xml`);
const ntpMode = (value: string) =>
  ['unicast', 'directedbroadcast', ''].includes(value) ? value : undefined;

const line = 'sipProfile/sipLines/line[N]';
const everyLine = 'sipProfile/sipLines/line';
const proxies = 'sipProfile/sipProxies';
const features = 'sipProfile/sipCallFeatures';
const stack = 'sipProfile/sipStack';
const time = 'devicePool/dateTimeSetting';
const member = 'devicePool/callManagerGroup/members/member[N]/callManager';

type Row = readonly [word: string, path: string, to?: CommonWord['to']];

const rows: readonly Row[] = [
  ['lineN_name', `${line}/name`],
  ['lineN_shortname', `${line}/featureLabel`],
  ['lineN_displayname', `${line}/displayName`],
  ['lineN_authname', `${line}/authName`],
  ['lineN_password', `${line}/authPassword`],
  ['proxyN_address', `${line}/proxy`],
  ['proxyN_port', `${line}/port`],
  ['messages_uri', `${everyLine}/messagesNumber`],
  ['call_waiting', `${everyLine}/callWaiting`],
  ['proxy_register', `${proxies}/registerWithProxy`, boolean],
  ['proxy_backup', `${proxies}/backupProxy`],
  ['proxy_backup_port', `${proxies}/backupProxyPort`],
  ['proxy_emergency', `${proxies}/emergencyProxy`],
  ['proxy_emergency_port', `${proxies}/emergencyProxyPort`],
  ['outbound_proxy', `${proxies}/outboundProxy`],
  ['outbound_proxy_port', `${proxies}/outboundProxyPort`],
  ['call_managerN_addr', `${member}/processNodeName`],
  ['call_managerN_sip_port', `${member}/ports/sipPort`],
  ['anonymous_call_block', `${features}/anonymousCallBlock`],
  ['callerid_blocking', `${features}/callerIdBlocking`],
  ['call_hold_ringback', `${features}/callHoldRingback`],
  ['dnd_control', `${features}/dndControl`],
  ['cnf_join_enable', `${features}/cnfJoinEnabled`, boolean],
  ['semi_attended_transfer', `${features}/semiAttendedTransfer`, boolean],
  ['local_cfwd_enable', `${features}/localCfwdEnable`, boolean],
  ['rfc_2543_hold', `${features}/rfc2543Hold`, boolean],
  ['sip_invite_retx', `${stack}/sipInviteRetx`],
  ['sip_retx', `${stack}/sipRetx`],
  ['timer_invite_expires', `${stack}/timerInviteExpires`],
  ['timer_register_expires', `${stack}/timerRegisterExpires`],
  ['timer_register_delta', `${stack}/timerRegisterDelta`],
  ['timer_t1', `${stack}/timerT1`],
  ['timer_t2', `${stack}/timerT2`],
  ['remote_party_id', `${stack}/remotePartyID`, boolean],
  ['user_info', `${stack}/userInfo`],
  ['transfer_onhook_enabled', 'sipProfile/transferOnhookEnabled', boolean],
  ['enable_vad', 'sipProfile/enableVad', boolean],
  ['preferred_codec', 'sipProfile/preferredCodec'],
  ['dtmf_avt_payload', 'sipProfile/dtmfAvtPayload'],
  ['dtmf_db_level', 'sipProfile/dtmfDbLevel'],
  ['dtmf_outofband', 'sipProfile/dtmfOutofBand'],
  ['phone_label', 'sipProfile/phoneLabel'],
  ['stutter_msg_waiting', 'sipProfile/stutterMsgWaiting'],
  ['call_stats', 'sipProfile/callStats', boolean],
  ['start_media_port', 'sipProfile/startMediaPort'],
  ['end_media_port', 'sipProfile/stopMediaPort'],
  ['voip_control_port', 'sipProfile/voipControlPort'],
  ['nat_enable', 'sipProfile/natEnabled', boolean],
  ['nat_address', 'sipProfile/natAddress'],
  ['nat_received_processing', 'sipProfile/natReceivedProcessing', boolean],
  ['dscpForAudio', 'sipProfile/dscpForAudio'],
  ['dial_template', 'sipProfile/dialTemplate', planFile],
  ['time_zone', `${time}/timeZone`, zoneNameFor],
  ['sntp_server', `${time}/ntps/ntp[1]/name`],
  ['sntp_mode', `${time}/ntps/ntp[1]/ntpMode`, ntpMode],
  ['phone_password', 'commonProfile/phonePassword'],
  ['services_url', 'servicesURL'],
  ['directory_url', 'directoryURL'],
];

/** Parameters that mean the same in both kinds of files, one row each. */
export const commonWords: readonly CommonWord[] = rows.map(([word, path, to = same]) => ({
  word,
  path,
  to,
}));

const byWord = new Map(commonWords.map((each) => [each.word, each]));

/** The element for a parameter of the 7940/7960, by its name in the table and its index. */
export function commonWord(
  name: string,
  index: number | undefined,
): Pick<CommonWord, 'path' | 'to'> | undefined {
  // The table has rows for the proxy of line 1 alone.
  const [, one] = /^proxy(1)_(?:address|port)$/.exec(name) ?? [];
  const found = byWord.get(one === undefined ? name : name.replace('1', 'N'));
  if (found === undefined) return undefined;
  return { path: found.path.replace('[N]', `[${one ?? index ?? 1}]`), to: found.to };
}

/** `D/M/Y` for 24 hours, `D/M/YA` for 12. */
export function dateTemplate(dateFormat: string, time24: string): string | undefined {
  if (!/^(D([-/.])M|M([-/.])D)(\2|\3)YY?$/.test(dateFormat)) return undefined;
  return `${dateFormat}${time24 === '0' || time24 === '2' ? 'A' : ''}`;
}
