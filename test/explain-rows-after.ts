import { address4, files, seen, server, sip } from './explain-observations.ts';
import { idle, javaBoot, later, whole, type ExplainRow } from './explain-row.ts';

export const afterRows: readonly ExplainRow[] = [
  ...[
    { name: 'the password is wrong', first: 'register-password-wrong', statuses: [401, 401, 401] },
    { name: 'the line may not register', first: 'register-forbidden', statuses: [401, 403] },
    { name: 'the line is unknown', first: 'register-unknown-user', statuses: [404] },
    { name: 'the PBX is not well', first: 'register-rejected', statuses: [503] },
    { name: 'nobody answers REGISTER', first: 'register-silent', statuses: [] },
  ].map(({ statuses, ...row }): ExplainRow => ({
    ...row,
    packets: true,
    observed: [
      ...files(idle),
      ...(statuses.length === 0 ? [60, 61] : statuses.map((_, at) => 60 + at)).map((at) =>
        sip(at, 'REGISTER'),
      ),
      ...statuses.map((status, at) => sip(60.1 + at, 'REGISTER', status)),
    ],
  })),
  {
    name: 'the time server is silent',
    first: 'time-server-silent',
    packets: true,
    observed: [
      ...files(idle),
      ...[50, 66, 82].map((at) =>
        seen(at, { kind: 'sntp', from: 'phone', server }, 'NTPv3 client'),
      ),
    ],
  },
  {
    name: 'it starts again whenever it should be idle',
    first: 'boot-loop',
    observed: [0, 100, 200, 300, 400].flatMap((at) => files(later(idle, at))),
  },
  {
    name: 'a UNIStim server is silent',
    first: 'unistim-silent',
    packets: true,
    observed: [0, 5, 10].map((at) =>
      seen(at, { kind: 'unistim', from: 'phone', text: 'hello' }, 'UNIStim hello'),
    ),
  },
  {
    name: 'a UNIStim phone comes back with the firmware it had',
    first: 'unistim-same-firmware',
    packets: true,
    observed: [
      seen(0, { kind: 'unistim', from: 'phone', text: 'firmware 0604DBG' }, 'UNIStim report'),
      seen(5, { kind: 'unistim', from: 'server', text: 'download order' }, 'UNIStim download'),
      seen(90, { kind: 'unistim', from: 'phone', text: 'firmware 0604DBG' }, 'UNIStim report'),
    ],
  },
  {
    name: 'languages, rings and dial plan are missing, and nothing is wrong',
    first: 'healthy',
    observed: files(
      `${idle.replaceAll(/(RINGLIST.DAT|dialplan.xml) \| sent/g, '$1 | missing')}
       50 | US/7960-tones.xml | missing`,
    ),
  },
  {
    name: 'it is registered, and nothing is wrong',
    first: 'healthy',
    packets: true,
    observed: [
      ...address4(0, whole),
      ...files(idle),
      ...[sip(60, 'REGISTER'), sip(60.1, 'REGISTER', 401), sip(60.2, 'REGISTER')],
      sip(60.3, 'REGISTER', 200),
    ],
  },
  { name: 'an SIP phone is idle', first: 'healthy', observed: files(idle) },
  { name: 'a Java phone is idle', first: 'healthy', observed: files(javaBoot) },
];
