import { elementAt } from '../../codec/config/xml-path.ts';
import { attributeOf, child, children, textOf, type XmlElement } from '../../codec/config/xml.ts';
import {
  codecNamed,
  mediaPortsFrom,
  numberIn,
  switchedOn,
  userInfoNamed,
  usualSipPort,
  type SipHost,
  type SipLine,
  type SipSettings,
} from '../sip/sip-settings.ts';

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

/** As usecallmanager.nz, "SEPMAC.cnf.xml" has it; words out of range leave the default. */
export function sipSettings(kept: Kept): SipSettings {
  const stack = (name: string) => kept[`sipStack/${name}`];
  const proxy = (name: string) => host(kept[`sipProxies/${name}`], kept[`sipProxies/${name}Port`]);
  const [backup, emergency, outbound] = [
    proxy('backupProxy'),
    proxy('emergencyProxy'),
    proxy('outboundProxy'),
  ];
  const t1 = numberIn(stack('timerT1'), 500);
  const codec = codecNamed(kept.preferredCodec, undefined);
  const userInfo = userInfoNamed(stack('userInfo'));
  return {
    lines: linesIn(kept),
    // Not said, it does: phones are reported to register with files that leave it out.
    registers: switchedOn(kept['sipProxies/registerWithProxy'], true),
    ...(backup && { backup }),
    ...(emergency && { emergency }),
    ...(outbound && { outbound }),
    registerSeconds: numberIn(stack('timerRegisterExpires'), 3600),
    registerDelta: numberIn(stack('timerRegisterDelta'), 5, { least: 0 }),
    inviteSeconds: numberIn(stack('timerInviteExpires'), 180),
    timing: {
      t1,
      t2: Math.max(numberIn(stack('timerT2'), 4000), t1),
      t4: 5000,
      inviteRetransmissions: numberIn(stack('sipInviteRetx'), 6),
      requestRetransmissions: numberIn(stack('sipRetx'), 10),
    },
    ...(userInfo && { userInfo }),
    controlPort: numberIn(kept.voipControlPort, usualSipPort, { least: 1025, most: 65_535 }),
    nat: {
      isEnabled: switchedOn(kept.natEnabled, false),
      address: kept.natAddress ?? '',
      usesReceived: switchedOn(kept.natReceivedProcessing, false),
    },
    mediaPorts: mediaPortsFrom(kept.startMediaPort, kept.stopMediaPort),
    ...(codec && { codec }),
    ...(kept.dtmfOutofBand !== 'none' && {
      digits: numberIn(kept.dtmfAvtPayload, 101, { least: 96, most: 127 }),
    }),
    isDisturbed: switchedOn(kept['sipCallFeatures/dndControl'], false),
    takesAnonymous: !switchedOn(kept['sipCallFeatures/anonymousCallBlock'], false),
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
  if (address.toUpperCase() !== callManagerMode) return host(address, port);
  return host(kept.callManager, kept.callManagerSipPort);
}

function host(address: string | undefined, port: string | undefined): SipHost | undefined {
  if (address === undefined || address === '') return undefined;
  return { host: address, port: numberIn(port, usualSipPort, { most: 65_535 }) };
}
