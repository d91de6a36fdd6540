import { choice, integer, parameterRows, rowsInside, word } from '../../../model/parameter-rows.ts';
import { element, field, usecallmanager } from './sources.ts';
import { boolean, port, proxy, userSwitch } from './values.ts';

const count = integer(1);
const seconds = { type: count, unit: 'seconds' };
const milliseconds = { type: count, unit: 'milliseconds' };

/** Proxies besides those of the lines. */
export const sipProxyParameters = parameterRows(
  element(field),
  rowsInside('sipProfile/sipProxies', [
    {
      name: 'registerWithProxy',
      type: boolean,
      help: 'Registers the lines; the server must see it as true.',
      source: usecallmanager,
    },
    { name: 'backupProxy', type: proxy, help: 'Takes over when the proxy is silent.' },
    { name: 'backupProxyPort', type: port, help: 'Port of the backup proxy.' },
    { name: 'emergencyProxy', type: proxy, help: 'Takes the emergency calls of the dial plan.' },
    { name: 'emergencyProxyPort', type: port, help: 'Port of the emergency proxy.' },
    { name: 'outboundProxy', type: proxy, help: 'Takes all requests in place of the proxies.' },
    { name: 'outboundProxyPort', type: port, help: 'Port of the outbound proxy.' },
  ]),
);

const serviceUri = (name: string, does: string) => ({
  name,
  type: word(),
  help: `Called to ${does}: a number or a word like x-cisco-serviceuri-cfwdall.`,
});

/** Features of calls. */
export const sipCallFeatureParameters = parameterRows(
  element(usecallmanager),
  rowsInside('sipProfile/sipCallFeatures', [
    serviceUri('callForwardURI', 'forward calls'),
    serviceUri('callPickupURI', 'pick up a call'),
    serviceUri('callPickupListURI', 'pick up a call of another group'),
    serviceUri('callPickupGroupURI', 'pick up a call of its group'),
    serviceUri('meetMeServiceURI', 'open a conference'),
    serviceUri('abbreviatedDialURI', 'dial by a short number'),
    {
      name: 'callHoldRingback',
      type: userSwitch,
      userMayChange: 'by value',
      help: 'Rings when the handset is put down while a call is on hold.',
    },
    {
      name: 'semiAttendedTransfer',
      type: boolean,
      help: 'Lets a call be transferred while the target still rings.',
    },
    {
      name: 'anonymousCallBlock',
      type: userSwitch,
      userMayChange: 'by value',
      help: 'Turns away calls that hide who calls. 6900, 8900, 9900: 2 and 3 are on; 7800, 8800: 0, 1.',
    },
    {
      name: 'callerIdBlocking',
      type: userSwitch,
      userMayChange: 'by value',
      help: 'Hides who calls. 6900, 8900, 9900: 2 and 3 are on; 7800, 8800: 0, 1.',
    },
    { name: 'remoteCcEnable', type: boolean, help: 'Lets the server steer calls; must be true.' },
    {
      name: 'rfc2543Hold',
      type: boolean,
      help: 'Holds a call by the address 0.0.0.0 (RFC 2543).',
    },
    {
      name: 'cnfJoinEnabled',
      type: boolean,
      help: 'Keeps the others of a conference connected when its host hangs up.',
    },
    {
      name: 'dndControl',
      type: userSwitch,
      userMayChange: 'by value',
      help: 'Do not disturb.',
    },
    { name: 'localCfwdEnable', type: boolean, help: 'Lets the phone forward calls itself.' },
    {
      name: 'retainForwardInformation',
      type: boolean,
      help: 'Keeps the forwarding over a restart.',
    },
    {
      name: 'uriDialingDisplayPreference',
      type: choice({ 0: 'user and domain', 1: 'user' }),
      help: 'What is shown of an address.',
    },
  ]),
);

/** Timers and headers of SIP. */
export const sipStackParameters = parameterRows(
  element(usecallmanager),
  rowsInside('sipProfile/sipStack', [
    { name: 'sipInviteRetx', type: count, help: 'How often an INVITE is sent again.' },
    { name: 'sipRetx', type: count, help: 'How often any other request is sent again.' },
    { name: 'timerInviteExpires', ...seconds, help: 'How long a call may ring.' },
    { name: 'timerRegisterExpires', ...seconds, help: 'How long a registration holds.' },
    {
      name: 'timerRegisterDelta',
      type: integer(0),
      unit: 'seconds',
      help: 'How long before its end a registration is renewed.',
    },
    {
      name: 'timerKeepAliveExpires',
      ...seconds,
      help: 'How long a sign of life to the standby server holds.',
    },
    { name: 'timerSubscribeExpires', ...seconds, help: 'How long a subscription holds.' },
    {
      name: 'timerSubscribeDelta',
      type: integer(0),
      unit: 'seconds',
      help: 'How long before its end a subscription is renewed.',
    },
    { name: 'timerT1', ...milliseconds, help: 'Shortest wait before a message is sent again.' },
    {
      name: 'timerT2',
      ...milliseconds,
      help: 'Longest wait before a message is sent again; greater than timerT1.',
    },
    { name: 'maxRedirects', type: count, help: 'Most hops of a request (Max-Forwards).' },
    {
      name: 'remotePartyID',
      type: boolean,
      help: 'Sends and accepts the header Remote-Party-ID; servers that change names need true.',
    },
    {
      name: 'userInfo',
      type: choice({ None: 'no user=', Phone: 'user=phone', IP: 'user=ip' }, 'any case'),
      help: 'The parameter user= in addresses.',
    },
  ]),
);
