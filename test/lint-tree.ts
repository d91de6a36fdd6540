/**
 * Files as sites have them: a SIP file of one to three kilobytes and an XML file of six to twelve
 * for each phone. Own text; sizes and elements as in published files.
 */

/** `00A1B2` and the number of the phone. */
export function macOf(phone: number): string {
  return `00A1B2${phone.toString(16).toUpperCase().padStart(6, '0')}`;
}

/** `SIP<MAC>.cnf`, without a fault. */
export function sipFile(phone: number): string {
  const number = String(1000 + phone);
  const lines = Array.from({ length: 1 + (phone % 6) }, (_, index) => {
    const line = index + 1;
    return [
      ``,
      `# Line ${line} of desk ${phone}, second floor, behind the stairs`,
      `line${line}_name: "${number}${line}"`,
      `line${line}_shortname: "Desk ${number}"`,
      `line${line}_displayname: "Reception desk ${number} line ${line}"`,
      `line${line}_authname: "${number}${line}"`,
      `line${line}_password: "s3cret-${phone}-${line}"`,
      `proxy${line}_address: "sip${phone % 4}.example.net"   ; one of four`,
      `proxy${line}_port: "5060"`,
    ];
  });
  return [
    `# SIP configuration of the phone ${macOf(phone)}`,
    `phone_label: "Desk ${number}"`,
    `phone_prompt: "Desk${number}"`,
    `phone_password: "t3lnet-${phone}"`,
    `user_info: "phone"`,
    `call_waiting: "1"`,
    `cnf_join_enable: "1"`,
    `semi_attended_transfer: "1"`,
    `dnd_control: "0"`,
    `callerid_blocking: "0"`,
    `anonymous_call_block: "0"`,
    `preferred_codec: "g711alaw"`,
    `enable_vad: "0"`,
    ...lines.flat(),
    ``,
  ].join('\n');
}

/** `SEP<MAC>.cnf.xml` of a 7962, without a fault. */
export function sepFile(phone: number): string {
  const keys = Array.from({ length: 1 + (phone % 6) }, (_, index) => keyOf(phone, index + 1));
  return `<?xml version="1.0" encoding="UTF-8"?>
<device>
${head(phone)}
  <sipProfile>
${profile(phone)}
    <sipLines>
${keys.join('\n')}
    </sipLines>
    <voipControlPort>5060</voipControlPort>
    <startMediaPort>16384</startMediaPort>
    <stopMediaPort>32766</stopMediaPort>
    <dscpForAudio>184</dscpForAudio>
    <ringSettingBusyStationPolicy>0</ringSettingBusyStationPolicy>
    <dialTemplate>dialplan.xml</dialTemplate>
    <softKeyFile></softKeyFile>
  </sipProfile>
${tail(phone)}
</device>
`;
}

function head(phone: number): string {
  return `  <fullConfig>true</fullConfig>
  <deviceProtocol>SIP</deviceProtocol>
  <sshUserId>keeper</sshUserId>
  <sshPassword>d00r-${phone}</sshPassword>
  <ipAddressMode>0</ipAddressMode>
  <devicePool>
    <dateTimeSetting>
      <dateTemplate>D.M.YY</dateTemplate>
      <timeZone>W. Europe Standard/Daylight Time</timeZone>
      <ntps>
        <ntp>
          <name>192.0.2.${phone % 250}</name>
          <ntpMode>unicast</ntpMode>
        </ntp>
      </ntps>
    </dateTimeSetting>
    <callManagerGroup>
      <name>Servers</name>
      <members>
        <member priority="0">
          <callManager>
            <name>pbx</name>
            <ports>
              <ethernetPhonePort>2000</ethernetPhonePort>
              <sipPort>5060</sipPort>
              <securedSipPort>5061</securedSipPort>
            </ports>
            <processNodeName>pbx.example.net</processNodeName>
          </callManager>
        </member>
      </members>
    </callManagerGroup>
    <srstInfo>
      <name>Disable</name>
      <srstOption>Disable</srstOption>
      <userModifiable>true</userModifiable>
      <ipAddr1></ipAddr1>
      <port1>2000</port1>
      <ipAddr2></ipAddr2>
      <port2>2000</port2>
      <isSecure>false</isSecure>
    </srstInfo>
    <connectionMonitorDuration>120</connectionMonitorDuration>
  </devicePool>`;
}

function profile(phone: number): string {
  return `    <sipProxies>
      <backupProxy></backupProxy>
      <backupProxyPort></backupProxyPort>
      <emergencyProxy></emergencyProxy>
      <emergencyProxyPort></emergencyProxyPort>
      <outboundProxy></outboundProxy>
      <outboundProxyPort></outboundProxyPort>
      <registerWithProxy>true</registerWithProxy>
    </sipProxies>
    <sipCallFeatures>
      <cnfJoinEnabled>true</cnfJoinEnabled>
      <callForwardURI>x-cisco-serviceuri-cfwdall</callForwardURI>
      <callPickupURI>x-cisco-serviceuri-pickup</callPickupURI>
      <callPickupListURI>x-cisco-serviceuri-opickup</callPickupListURI>
      <callPickupGroupURI>x-cisco-serviceuri-gpickup</callPickupGroupURI>
      <meetMeServiceURI>x-cisco-serviceuri-meetme</meetMeServiceURI>
      <abbreviatedDialURI>x-cisco-serviceuri-abbrdial</abbreviatedDialURI>
      <rfc2543Hold>false</rfc2543Hold>
      <callHoldRingback>2</callHoldRingback>
      <localCfwdEnable>true</localCfwdEnable>
      <semiAttendedTransfer>true</semiAttendedTransfer>
      <anonymousCallBlock>2</anonymousCallBlock>
      <callerIdBlocking>2</callerIdBlocking>
      <dndControl>0</dndControl>
      <remoteCcEnable>true</remoteCcEnable>
    </sipCallFeatures>
    <sipStack>
      <sipInviteRetx>6</sipInviteRetx>
      <sipRetx>10</sipRetx>
      <timerInviteExpires>180</timerInviteExpires>
      <timerRegisterExpires>3600</timerRegisterExpires>
      <timerRegisterDelta>5</timerRegisterDelta>
      <timerKeepAliveExpires>120</timerKeepAliveExpires>
      <timerSubscribeExpires>120</timerSubscribeExpires>
      <timerSubscribeDelta>5</timerSubscribeDelta>
      <timerT1>500</timerT1>
      <timerT2>4000</timerT2>
      <maxRedirects>70</maxRedirects>
      <remotePartyID>true</remotePartyID>
      <userInfo>None</userInfo>
    </sipStack>
    <autoAnswerTimer>1</autoAnswerTimer>
    <autoAnswerAltBehavior>false</autoAnswerAltBehavior>
    <autoAnswerOverride>true</autoAnswerOverride>
    <transferOnhookEnabled>false</transferOnhookEnabled>
    <enableVad>false</enableVad>
    <preferredCodec>g711alaw</preferredCodec>
    <dtmfAvtPayload>101</dtmfAvtPayload>
    <dtmfDbLevel>3</dtmfDbLevel>
    <dtmfOutofBand>avt</dtmfOutofBand>
    <alwaysUsePrimeLine>false</alwaysUsePrimeLine>
    <alwaysUsePrimeLineVoiceMail>false</alwaysUsePrimeLineVoiceMail>
    <kpml>3</kpml>
    <phoneLabel>Desk-${phone}</phoneLabel>
    <stutterMsgWaiting>1</stutterMsgWaiting>
    <callStats>false</callStats>
    <natEnabled>false</natEnabled>
    <natAddress></natAddress>`;
}

function keyOf(phone: number, key: number): string {
  const name = `${1000 + phone}${key}`;
  if (key > 2)
    return `      <line button="${key}">
        <featureID>21</featureID>
        <featureLabel>Colleague ${phone + key}</featureLabel>
        <speedDialNumber>${1000 + phone + key}1</speedDialNumber>
        <featureOptionMask>1</featureOptionMask>
      </line>`;
  return `      <line button="${key}" lineIndex="${key}">
        <featureID>9</featureID>
        <featureLabel>Desk ${name}</featureLabel>
        <proxy>USECALLMANAGER</proxy>
        <port>5060</port>
        <name>${name}</name>
        <displayName>Reception ${name}</displayName>
        <autoAnswer>
          <autoAnswerEnabled>2</autoAnswerEnabled>
        </autoAnswer>
        <callWaiting>3</callWaiting>
        <authName>${name}</authName>
        <authPassword>s3cret-${name}</authPassword>
        <sharedLine>false</sharedLine>
        <messageWaitingLampPolicy>3</messageWaitingLampPolicy>
        <messagesNumber>*97</messagesNumber>
        <ringSettingIdle>4</ringSettingIdle>
        <ringSettingActive>5</ringSettingActive>
        <contact>${name}</contact>
        <forwardCallInfoDisplay>
          <callerName>true</callerName>
          <callerNumber>false</callerNumber>
          <redirectedNumber>false</redirectedNumber>
          <dialedNumber>true</dialedNumber>
        </forwardCallInfoDisplay>
      </line>`;
}

function tail(phone: number): string {
  return `  <commonProfile>
    <phonePassword></phonePassword>
    <backgroundImageAccess>true</backgroundImageAccess>
    <callLogBlfEnabled>2</callLogBlfEnabled>
  </commonProfile>
  <loadInformation>SIP42.9-4-2SR3-1S</loadInformation>
  <vendorConfig>
    <disableSpeaker>false</disableSpeaker>
    <disableSpeakerAndHeadset>false</disableSpeakerAndHeadset>
    <pcPort>0</pcPort>
    <settingsAccess>1</settingsAccess>
    <garp>0</garp>
    <voiceVlanAccess>0</voiceVlanAccess>
    <videoCapability>0</videoCapability>
    <autoSelectLineEnable>0</autoSelectLineEnable>
    <webAccess>0</webAccess>
    <daysDisplayNotActive>1,7</daysDisplayNotActive>
    <displayOnTime>08:00</displayOnTime>
    <displayOnDuration>10:30</displayOnDuration>
    <displayIdleTimeout>00:15</displayIdleTimeout>
    <spanToPCPort>1</spanToPCPort>
    <loggingDisplay>1</loggingDisplay>
    <loadServer></loadServer>
    <sshAccess>0</sshAccess>
    <sshPort>22</sshPort>
  </vendorConfig>
  <versionStamp>stamp-${phone}</versionStamp>
  <userLocale>
    <name>German_Germany</name>
    <uid>1</uid>
    <langCode>de_DE</langCode>
    <version>1.0.0.0-1</version>
    <winCharSet>iso-8859-1</winCharSet>
  </userLocale>
  <networkLocale>Germany</networkLocale>
  <networkLocaleInfo>
    <name>Germany</name>
    <uid>64</uid>
    <version>1.0.0.0-1</version>
  </networkLocaleInfo>
  <deviceSecurityMode>1</deviceSecurityMode>
  <authenticationURL></authenticationURL>
  <directoryURL>http://phones.example.net/directory.xml?phone=${macOf(phone)}</directoryURL>
  <servicesURL>http://phones.example.net/services.xml?phone=${macOf(phone)}</servicesURL>
  <idleURL></idleURL>
  <informationURL></informationURL>
  <messagesURL></messagesURL>
  <proxyServerURL></proxyServerURL>
  <dscpForSCCPPhoneConfig>96</dscpForSCCPPhoneConfig>
  <dscpForSCCPPhoneServices>0</dscpForSCCPPhoneServices>
  <dscpForCm2Dvce>96</dscpForCm2Dvce>
  <transportLayerProtocol>2</transportLayerProtocol>
  <capfAuthMode>0</capfAuthMode>
  <capfList>
    <capf>
      <phonePort>3804</phonePort>
    </capf>
  </capfList>
  <certHash></certHash>
  <encrConfig>false</encrConfig>`;
}
