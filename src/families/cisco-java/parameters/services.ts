import { choice, integer, parameterRows, text, word } from '../../../model/parameter-rows.ts';
import { element, usecallmanager } from './sources.ts';
import { boolean, url } from './values.ts';

/** Addresses of services: the phone's keys and what they open. */
export const urlParameters = parameterRows(element(usecallmanager), [
  ...(
    [
      ['authentication', 'Asked whether a request to the phone may pass; empty lets all pass.'],
      ['messages', 'Opened by the messages key in place of a call.'],
      ['services', 'Opened by the services key.'],
      ['directory', 'Opened by the directories or contacts key.'],
      ['information', 'Opened by the information key. Series 7900.'],
      ['idle', 'Shown when the phone was idle for idleTimeout.'],
    ] as const
  ).flatMap(([name, help]) => [
    { name: `${name}URL`, type: url, help },
    {
      name: `secure${name.charAt(0).toUpperCase()}${name.slice(1)}URL`,
      type: url,
      help: `The same over HTTPS, in place of ${name}URL.`,
    },
  ]),
  {
    name: 'idleTimeout',
    type: integer(0),
    unit: 'seconds',
    help: 'How long until idleURL is shown; 0 never.',
  },
  {
    name: 'proxyServerURL',
    type: word(255),
    help: 'HTTP proxy, e.g. proxy:3128.',
  },
  {
    name: 'phoneServices/@useHTTPS',
    type: boolean,
    help: 'Opens the services over HTTPS.',
  },
  {
    name: 'phoneServices/provisioning',
    type: choice({
      0: 'phoneServices only',
      1: 'servicesURL, directoryURL and messagesURL only',
      2: 'both',
    }),
    help: 'Which of the two lists of services counts.',
  },
  {
    name: 'phoneServices/phoneService/@type',
    type: choice({ 0: 'services', 1: 'directories', 2: 'messages' }),
    help: 'Menu that the service stands in.',
  },
  {
    name: 'phoneServices/phoneService/@category',
    type: integer(0),
    help: 'Files have 0.',
  },
  {
    name: 'phoneServices/phoneService/name',
    type: text(),
    help: 'What the menu shows.',
  },
  {
    name: 'phoneServices/phoneService/url',
    type: url,
    help: 'What the service opens: a URL or Application:Cisco/ and a name.',
  },
  {
    name: 'phoneServices/phoneService/vendor',
    type: text(),
    help: 'Who made the service.',
  },
  {
    name: 'phoneServices/phoneService/version',
    type: text(),
    help: 'Version of the service.',
  },
]);
