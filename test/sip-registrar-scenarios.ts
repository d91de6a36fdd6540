import { createHash } from 'node:crypto';
import { answers, hears, hearsWith, isAsked, registers, sdp, sends } from './sip-peers.ts';
import { asWritten, type SipScenario } from './sip-scenario.ts';

/** What SIPp plays to the registrar; its lines are 7001 and 7002, `u7001` with `p7001`. */

const passwordOf = (user: string) => `[authentication username=u${user} password=p${user}]`;
const credentials = passwordOf('7001');
const second = passwordOf('7002');
/** Phones that call themselves so are asked for MD5, which SIPp can answer. */
const cisco = 'User-Agent: Cisco-CP7960G/8.0';
const ciscoJava = 'User-Agent: Cisco-CP7941G/9.4.2';
const contact = (port = '[local_port]', more = '') =>
  `Contact: <sip:[service]@[local_ip]:${port}>${more}`;
const takesBack = ['Contact: *', 'Expires: 0'];
const ack = sends({ method: 'ACK', inDialog: true });
const options = (more: Partial<Parameters<typeof sends>[0]> = {}) =>
  sends({ method: 'OPTIONS', ...more });

/** The whole of it, with further headers for the REGISTER that has the password. */
const bound = (more: readonly string[], sequence = 1, password = credentials) => [
  registers({ sequence, more: [...more, password === second ? ciscoJava : cisco] }),
  isAsked,
  registers({ sequence: sequence + 1, more: [...more, password] }),
];

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Right but for its nonce, which nobody made. */
function madeUp(): string {
  const [user, realm, nonce, uri] = ['u7001', 'hookflash', '1-2-3', 'sip:127.0.0.1'];
  const response = md5(`${md5(`${user}:${realm}:p7001`)}:${nonce}:${md5(`REGISTER:${uri}`)}`);
  const pairs = { username: user, realm, nonce, uri, response };
  const list = Object.entries(pairs).map(([name, value]) => `${name}="${value}"`);
  return `Authorization: Digest ${list.join(', ')}`;
}

const registration: readonly SipScenario[] = [
  {
    topic: 'registration',
    name: 'bound, asked for, renewed, taken back',
    steps: [
      ...bound([contact(), 'Expires: 600']),
      hearsWith(200, 'Contact:', 'expires=600'),
      registers({ sequence: 3, more: [credentials] }),
      hearsWith(200, 'Contact:', '7001@'),
      registers({ sequence: 4, more: [contact('[local_port]', ';expires=900'), credentials] }),
      hearsWith(200, 'Contact:', 'expires=900'),
      registers({ sequence: 5, more: [...takesBack, credentials] }),
      hears(200),
    ],
  },
  {
    topic: 'registration',
    name: 'a life that is too short: 423, then a longer one',
    steps: [
      ...bound([contact(), 'Expires: 5']),
      hearsWith(423, 'Min-Expires:', '^ ?60'),
      registers({ sequence: 3, more: [contact(), 'Expires: 60', credentials] }),
      hearsWith(200, 'Contact:', 'expires=60'),
    ],
  },
  {
    topic: 'registration',
    name: 'Contact: * with a life: 400',
    steps: [...bound(['Contact: *', 'Expires: 60']), hears(400)],
  },
  {
    topic: 'registration',
    name: 'a CSeq lower than the last: 500',
    steps: [
      ...bound([contact()], 5),
      hears(200),
      registers({ sequence: 4, more: [contact(), credentials] }),
      hears(500),
    ],
  },
  {
    topic: 'registration',
    name: 'a line that nobody has: 404',
    user: '7999',
    steps: [registers({ more: [contact()] }), hears(404)],
  },
];

const authentication: readonly SipScenario[] = [
  {
    topic: 'authentication',
    name: 'challenge: MD5 for a Cisco phone',
    steps: [
      registers({ more: [contact(), cisco] }),
      hearsWith(401, 'WWW-Authenticate:', 'algorithm=MD5.*qop=.auth.'),
    ],
  },
  {
    topic: 'authentication',
    name: 'challenge: SHA-256 first for others',
    steps: [
      registers({ more: [contact()] }),
      hearsWith(401, 'WWW-Authenticate:', 'algorithm=SHA-256'),
    ],
  },
  {
    topic: 'authentication',
    name: 'a wrong password: 401, then the right one',
    steps: [
      registers({ more: [contact(), cisco] }),
      isAsked,
      registers({
        sequence: 2,
        more: [contact(), cisco, '[authentication username=u7001 password=other]'],
      }),
      isAsked,
      registers({ sequence: 3, more: [contact(), credentials] }),
      hears(200),
    ],
  },
  {
    topic: 'authentication',
    name: 'a name that is not of the line: 401',
    steps: [
      registers({ more: [contact(), cisco] }),
      isAsked,
      registers({
        sequence: 2,
        more: [contact(), '[authentication username=u7002 password=p7002]'],
      }),
      isAsked,
    ],
  },
  {
    topic: 'authentication',
    name: 'credentials for another URI: 400',
    words: ['-auth_uri', 'elsewhere.example'],
    steps: [...bound([contact()]), hears(400)],
  },
  {
    topic: 'authentication',
    name: 'a nonce that nobody made: 401 with stale',
    steps: [
      registers({ uri: 'sip:127.0.0.1', more: [contact(), madeUp()] }),
      hearsWith(401, 'WWW-Authenticate:', 'stale=true'),
    ],
  },
  {
    topic: 'authentication',
    name: 'credentials for another realm, or none that can be read: 401, 400',
    steps: [
      registers({ more: [contact(), 'Authorization: Digest realm="other", nonce="1"'] }),
      hears(401),
      registers({ sequence: 2, more: [contact(), 'Authorization: Digest =,='] }),
      hears(400),
    ],
  },
];

const retransmission: readonly SipScenario[] = [
  {
    topic: 'retransmission',
    name: 'each REGISTER twice: the same answer',
    words: asWritten,
    steps: [
      ...twice(registers({ branch: 'z9hG4bKa[call_id]', more: [contact(), cisco] }), isAsked),
      ...twice(
        registers({ branch: 'z9hG4bKb[call_id]', sequence: 2, more: [contact(), credentials] }),
        hears(200),
      ),
    ],
  },
  {
    topic: 'retransmission',
    name: 'OPTIONS twice, INVITE twice: the same answer',
    words: asWritten,
    steps: [
      ...twice(options({ branch: 'z9hG4bKa[call_id]' }), hears(200)),
      ...twice(
        sends({ method: 'INVITE', branch: 'z9hG4bKb[call_id]', sequence: 2, body: sdp }),
        hears(480),
      ),
    ],
  },
];

function twice(request: string, answer: string): readonly string[] {
  return [request, answer, request, answer];
}

const forking: readonly SipScenario[] = [
  {
    topic: 'forking',
    name: 'a copy of a REGISTER that came another way: 482',
    steps: [
      ...bound([contact()]),
      hears(200),
      registers({ sequence: 2, more: [contact(), credentials] }),
      hears(482),
    ],
  },
  {
    topic: 'forking',
    name: 'two contacts of a line in one REGISTER, of which one goes',
    user: '7002',
    steps: [
      ...bound([contact('5071', ';q=0.5'), contact('5072')], 1, second),
      hears(200),
      registers({ sequence: 3, more: [second] }),
      hearsWith(200, 'Contact:', '507[12].*'),
      registers({ sequence: 4, more: [contact('5071', ';expires=0'), second] }),
      hearsWith(200, 'Contact:', '5072'),
      registers({ sequence: 5, more: [...takesBack, second] }),
      hears(200),
    ],
  },
  {
    topic: 'forking',
    name: 'an eleventh contact: 403',
    user: '7002',
    steps: [
      ...bound(
        Array.from({ length: 11 }, (_, at) => contact(String(5100 + at))),
        1,
        second,
      ),
      hears(403),
      registers({ sequence: 3, more: [second] }),
      hears(200),
    ],
  },
  {
    topic: 'forking',
    name: 'INVITE to a line with two contacts: 480, as it carries no calls',
    user: '7002',
    steps: [
      ...bound([contact('5071'), contact('5072')], 1, second),
      hears(200),
      sends({ method: 'INVITE', sequence: 3, body: sdp }),
      hearsWith(480, 'Warning:', 'carries no calls'),
      ack,
    ],
  },
];

const badMessages: readonly SipScenario[] = [
  bad('a method that nobody knows', hears(501), sends({ method: 'FROBNICATE' })),
  bad('NOTIFY', hearsWith(405, 'Allow:', 'REGISTER'), sends({ method: 'NOTIFY' })),
  bad(
    'Require of what it cannot do',
    hearsWith(420, 'Unsupported:', 'gruu'),
    registers({ more: [contact(), 'Require: gruu'] }),
  ),
  bad('another version', hears(505), options({ version: 'SIP/7.0' })),
  bad('a URI that is none of SIP', hears(416), options({ uri: 'mailto:a@b' })),
  bad('a user that nobody has', hears(404), options({ uri: 'sip:9@[remote_ip]' })),
  bad(
    'its own Via: a loop',
    hears(482),
    options({ more: ['Via: SIP/2.0/UDP [remote_ip]:[remote_port];branch=z9hG4bKown'] }),
  ),
  bad(
    'INVITE that has no hops left',
    hears(483),
    sends({ method: 'INVITE', without: ['Max-Forwards'], more: ['Max-Forwards: 0'], body: sdp }),
  ),
  bad('a Content-Length that is no number', hears(400), options({ length: 'none' })),
  bad('no From', hears(400), registers({ without: ['From'], more: [contact()] })),
  bad('Max-Forwards twice', hears(400), registers({ more: [contact(), 'Max-Forwards: 70'] })),
  bad('a Contact that cannot be read', hears(400), registers({ more: ['Contact: <sip:a b>'] })),
  bad('a body shorter than it says', hears(400), registers({ more: [contact()], length: '500' })),
  bad('BYE of no call', hears(405), sends({ method: 'BYE', inDialog: true })),
  bad('CANCEL of no call', hears(481), sends({ method: 'CANCEL' })),
];

function bad(name: string, answer: string, request: string): SipScenario {
  const status = /response="(\d+)"/.exec(answer)?.[1] ?? '';
  return { topic: 'bad messages', name: `${name}: ${status}`, steps: [request, answer] };
}

export const registrarScenarios: readonly SipScenario[] = [
  ...registration,
  ...authentication,
  ...retransmission,
  ...forking,
  ...badMessages,
];

/** A phone that registers, and is then asked to restart. */
export const whoRegisters: SipScenario = {
  topic: 'NOTIFY',
  name: 'it registers',
  steps: [...bound([contact()]), hears(200)],
};

const heard = '<recv request="NOTIFY"/>';

/** What the phone does then. `code` and `status`: how the command ends, and what it shows. */
export const registrarNotifies: readonly (SipScenario & {
  readonly code: number;
  readonly status: string;
})[] = [
  {
    ...{ topic: 'NOTIFY', name: 'restart asked for: 200', code: 0, status: '200' },
    steps: [
      '<recv request="NOTIFY"><action><ereg regexp="check-sync" search_in="hdr" header="Event:" check_it="true" assign_to="1"/><log message="[$1]"/></action></recv>',
      answers('200 OK'),
    ],
  },
  {
    ...{ topic: 'NOTIFY', name: '481: told so', code: 1, status: '481' },
    steps: [heard, answers('481 Unknown Subscription')],
  },
  {
    ...{ topic: 'NOTIFY', name: 'two NOTIFYs lost: the same one a third time', code: 0 },
    ...{ status: '200', words: asWritten, steps: [heard, heard, heard, answers('200 OK')] },
  },
];
