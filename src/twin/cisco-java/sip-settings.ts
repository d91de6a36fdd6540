import { elementAt } from '../../codec/config/xml-path.ts';
import { attributeOf, child, children, textOf, type XmlElement } from '../../codec/config/xml.ts';
import { sharedSipSettings, type SipParameter } from '../cisco-shared/sip-parameters.ts';
import { codecNamed, hostNamed, numberIn, switchedOn } from '../cisco-shared/sip-values.ts';
import type { SipHost, SipLine, SipSettings } from '../sip/sip-settings.ts';

/** What stands in the place of a line's proxy where the CallManager serves it. */
export const callManagerMode = 'USECALLMANAGER';

/** Of the line keys these are lines. usecallmanager.nz, "SEPMAC.cnf.xml". */
const lineFeature = '9';

const callManager = 'devicePool/callManagerGroup/members/member/callManager';

/** Values by the path that they stand at; those of lines begin with `lineN/`. */
export function sipValues(root: XmlElement): Readonly<Record<string, string>> {
  const found: [string, string][] = [];
  const add = (key: string, value: string) => {
    if (value !== '') found.push([key, value]);
  };
  const profile = child(root, 'sipProfile');
  for (const node of profile ? children(profile) : []) {
    if (node.name === 'sipLines') continue;
    add(node.name, textOf(node));
    for (const inner of children(node)) add(`${node.name}/${inner.name}`, textOf(inner));
  }
  const lines = profile && child(profile, 'sipLines');
  for (const [at, line] of (lines ? children(lines) : []).entries()) {
    const number = attributeOf(line, 'button')?.value ?? String(at + 1);
    for (const node of children(line)) {
      add(`line${number}/${node.name}`, textOf(node));
      for (const inner of children(node))
        add(`line${number}/${node.name}/${inner.name}`, textOf(inner));
    }
  }
  add('callManagerSipPort', textOf(elementAt(root, `${callManager}/ports/sipPort`)));
  add('versionStamp', textOf(child(root, 'versionStamp')));
  return Object.fromEntries(found);
}

type Kept = Readonly<Record<string, string>>;

/** Where the file has them. */
const places: Readonly<Record<SipParameter, string>> = {
  anonymous_call_block: 'sipCallFeatures/anonymousCallBlock',
  dnd_control: 'sipCallFeatures/dndControl',
  dtmf_avt_payload: 'dtmfAvtPayload',
  dtmf_outofband: 'dtmfOutofBand',
  end_media_port: 'stopMediaPort',
  outbound_proxy: 'sipProxies/outboundProxy',
  outbound_proxy_port: 'sipProxies/outboundProxyPort',
  proxy_backup: 'sipProxies/backupProxy',
  proxy_backup_port: 'sipProxies/backupProxyPort',
  proxy_emergency: 'sipProxies/emergencyProxy',
  proxy_emergency_port: 'sipProxies/emergencyProxyPort',
  sip_invite_retx: 'sipStack/sipInviteRetx',
  sip_retx: 'sipStack/sipRetx',
  start_media_port: 'startMediaPort',
  timer_invite_expires: 'sipStack/timerInviteExpires',
  timer_register_delta: 'sipStack/timerRegisterDelta',
  timer_register_expires: 'sipStack/timerRegisterExpires',
  timer_t1: 'sipStack/timerT1',
  timer_t2: 'sipStack/timerT2',
  user_info: 'sipStack/userInfo',
  voip_control_port: 'voipControlPort',
};

/** As usecallmanager.nz, "SEPMAC.cnf.xml" has it; words out of range leave the default. */
export function sipSettings(kept: Kept): SipSettings {
  const codec = codecNamed(kept.preferredCodec, undefined);
  return {
    ...sharedSipSettings((parameter) => kept[places[parameter]]),
    lines: linesIn(kept),
    // Not said, it does: phones are reported to register with files that leave it out.
    registers: switchedOn(kept['sipProxies/registerWithProxy'], true),
    nat: {
      isEnabled: switchedOn(kept.natEnabled, false),
      address: kept.natAddress ?? '',
      usesReceived: switchedOn(kept.natReceivedProcessing, false),
    },
    ...(codec && { codec }),
  };
}

/** Whether the first line is served by the CallManager: what service-control takes. */
export function isInCallManagerMode(kept: Kept): boolean {
  const number = lineNumbers(kept)[0];
  return number !== undefined && kept[`line${number}/proxy`]?.toUpperCase() === callManagerMode;
}

function lineNumbers(kept: Kept): readonly number[] {
  const numbers = Object.keys(kept).flatMap((key) => /^line(\d+)\//.exec(key)?.[1] ?? []);
  return [...new Set(numbers.map(Number))].sort((one, other) => one - other);
}

function linesIn(kept: Kept): readonly SipLine[] {
  return lineNumbers(kept).flatMap((number) => {
    const own = (name: string) => kept[`line${number}/${name}`] ?? '';
    const name = own('name');
    const proxy = proxyOf(own('proxy'), own('port'), kept);
    if ((own('featureID') || lineFeature) !== lineFeature || name === '' || !proxy) return [];
    const answers = switchedOn(own('autoAnswer/autoAnswerEnabled'), false);
    return {
      ...{ number, name, proxy, contact: own('contact') || name },
      ...{ displayName: own('displayName'), authName: own('authName') },
      password: own('authPassword'),
      takesSecondCall: switchedOn(own('callWaiting'), true),
      ...(answers && { autoAnswerMs: 1000 * numberIn(kept.autoAnswerTimer, 1, { least: 0 }) }),
    };
  });
}

function proxyOf(address: string, port: string, kept: Kept): SipHost | undefined {
  if (address.toUpperCase() !== callManagerMode) return hostNamed(address, port);
  return hostNamed(kept.callManager, kept.callManagerSipPort);
}
