/**
 * The order of the elements in files that Cisco's servers write; what is not here comes
 * behind, in the order of the parameter table. usecallmanager.nz, "SEPMAC.cnf.xml".
 */
const order: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...['fullConfig', 'deviceProtocol', 'sshUserId', 'sshPassword', 'ipAddressMode'],
    ...['allowAutoConfig', 'dadEnable', 'redirectEnable', 'echoMultiEnable'],
    ...['ipPreferenceModeControl', 'ipMediaAddressFamilyPreference', 'devicePool', 'TVS'],
    ...['vpnGroup', 'sipProfile', 'featurePolicyFile', 'MissedCallLoggingOption'],
    ...['commonProfile', 'loadInformation', 'inactiveLoadInformation', 'vendorConfig'],
    ...['addOnModules', 'versionStamp', 'userLocale', 'networkLocale', 'networkLocaleInfo'],
    ...['deviceSecurityMode', 'authenticationURL', 'secureAuthenticationURL', 'messagesURL'],
    ...['secureMessagesURL', 'servicesURL', 'secureServicesURL', 'directoryURL'],
    ...['secureDirectoryURL', 'informationURL', 'secureInformationURL', 'idleURL'],
    ...['secureIdleURL', 'idleTimeout', 'proxyServerURL', 'phoneServices'],
    ...['transportLayerProtocol', 'TLSResumptionTimer', 'phonePersonalization'],
    ...['autoCallPickupEnable', 'blfAudibleAlertSettingOfIdleStation'],
    ...['blfAudibleAlertSettingOfBusyStation', 'dndCallAlert', 'dndReminderTimer'],
    ...['advertiseG722Codec', 'rollover', 'joinAcrossLines', 'capfAuthMode', 'capfList'],
    ...['certHash', 'encrConfig', 'userId', 'ownerId'],
  ],
  devicePool: [
    ...['name', 'revertPriority', 'dateTimeSetting', 'callManagerGroup', 'srstInfo'],
    'connectionMonitorDuration',
  ],
  'devicePool/dateTimeSetting': ['name', 'dateTemplate', 'timeZone', 'ntps'],
  'devicePool/callManagerGroup': ['name', 'tftpDefault', 'members'],
  'devicePool/callManagerGroup/members/member/callManager': ['name', 'ports', 'processNodeName'],
  sipProfile: [
    ...['sipProxies', 'sipCallFeatures', 'sipStack', 'autoAnswerTimer', 'autoAnswerAltBehavior'],
    ...['autoAnswerOverride', 'transferOnhookEnabled', 'enableVad', 'preferredCodec'],
    ...['dtmfAvtPayload', 'dtmfDbLevel', 'dtmfOutofBand', 'alwaysUsePrimeLine'],
    ...['alwaysUsePrimeLineVoiceMail', 'kpml', 'phoneLabel', 'stutterMsgWaiting', 'callStats'],
    ...['offhookToFirstDigitTimer', 'silentPeriodBetweenCallWaitingBursts'],
    ...['disableLocalSpeedDialConfig', 'poundEndOfDial', 'startMediaPort', 'stopMediaPort'],
    ...['natEnabled', 'natReceivedProcessing', 'natAddress', 'sipLines', 'externalNumberMask'],
    ...['voipControlPort', 'dscpForAudio', 'dscpVideo', 'ringSettingBusyStationPolicy'],
    ...['dialTemplate', 'softKeyFile'],
  ],
};

/** Sorts the names of one parent's children; `row` is a path's place in the parameter table. */
export function inFileOrder(
  parent: string,
  names: readonly string[],
  row: (path: string) => number,
): readonly string[] {
  const known = order[parent] ?? [];
  const at = (name: string) => row(parent === '' ? name : `${parent}/${name}`);
  const listed = known.filter((name) => names.includes(name));
  const others = names.filter((name) => !known.includes(name)).toSorted((a, b) => at(a) - at(b));
  return [...listed, ...others];
}
