import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProvisionEvent } from '../core/asking.ts';
import type { BootFact } from '../model/family.ts';
import type { BootRequest } from '../model/boot.ts';
import type { Mac } from '../wire/mac.ts';
import { eventLines } from './event-lines.ts';

const mac = '020000000001' as Mac;
const other = '020000000002' as Mac;

function request(more: Partial<BootRequest> = {}, of: Mac | undefined = mac): ProvisionEvent {
  const asked = { at: 0, protocol: 'tftp', address: '192.0.2.7', port: 1 } as const;
  const ended = { outcome: 'sent', bytes: 14, retries: 0, tie: 'MAC in the file name' } as const;
  return { kind: 'request', mac: of, request: { ...asked, ...ended, path: 'OS79XX.TXT', ...more } };
}

const fact = (what: BootFact, of = mac): ProvisionEvent => ({
  ...{ kind: 'fact', mac: of, at: 0, fact: what },
});
const news = (text: string, because?: string): ProvisionEvent => ({
  ...{ kind: 'news', mac, at: 0, text, ...(because !== undefined && { because }) },
});

/** The lines of a run of events. */
function lines(...events: readonly ProvisionEvent[]): readonly string[] {
  const lineOf = eventLines();
  return events.flatMap((event) => lineOf(event) ?? []);
}

test('who, what and the rest stand in columns', () => {
  const shown = lines(
    request({ source: 'generated' }),
    request({ outcome: 'timed-out', path: 'SEP020000000001.cnf.xml' }),
    {
      ...request({ outcome: 'missing', tie: 'no MAC known for 192.0.2.7' }),
      mac: undefined,
    } as ProvisionEvent,
    fact({ kind: 'boot', because: 'asked for OS79XX.TXT' }),
    news('step 1 of 2 is done', 'took it'),
  );
  assert.deepEqual(shown, [
    '02:00:00:00:00:01  sent         OS79XX.TXT                (MAC in the file name, generated, 14 bytes)',
    '02:00:00:00:00:01  timed-out    SEP020000000001.cnf.xml   (MAC in the file name)',
    '192.0.2.7          missing      OS79XX.TXT                (no MAC known for 192.0.2.7)',
    '02:00:00:00:00:01  boot         asked for OS79XX.TXT',
    '02:00:00:00:00:01  plan         step 1 of 2 is done: took it',
  ]);
});

test('a reason is said once for all that follows from it', () => {
  const because = 'the SIP application asked for SIPDefault.cnf';
  const shown = lines(
    fact({ kind: 'phase', phase: 'application', because }),
    fact({ kind: 'runs', image: 'P0S3-08-12-00', because }),
    { kind: 'progress', mac, progress: {} as never },
    news('done, 2 of 2 steps', because),
  );
  assert.deepEqual(
    shown.map((text) => text.slice(19)),
    [`application  ${because}`, 'runs         P0S3-08-12-00', 'plan         done, 2 of 2 steps'],
  );
});

test('but again for another phone, and at the next boot', () => {
  const because = 'asked for OS79XX.TXT';
  const boot: BootFact = { kind: 'boot', because };
  const next = fact({ kind: 'phase', phase: 'loader', because: 'hunts' });
  const shown = lines(fact(boot), fact(boot, other), next, fact(boot));
  assert.equal(shown.filter((text) => text.endsWith(because)).length, 3);
});

test('a phone that boots over and over for one reason is seen to', () => {
  const boot = fact({ kind: 'boot', because: 'asked for OS79XX.TXT' });
  const shown = lines(boot, boot, boot);
  assert.equal(shown.length, 3);
  for (const text of shown) assert.match(text, /boot +asked for OS79XX\.TXT$/);
});

test('what only moves the plan is told as news of the plan', () => {
  const shown = lines(
    fact({ kind: 'runs-like', image: 'x', sorts: ['y'], because: 'b' }),
    fact({ kind: 'keeps', image: 'x', instead: 'y', because: 'b' }),
    fact({ kind: 'restarted-with', image: 'x', because: 'b' }),
    fact({ kind: 'refused', image: 'x', because: 'b' }),
  );
  assert.deepEqual(shown, []);
});

test('problems are said by their message', () => {
  assert.deepEqual(lines({ kind: 'problem', error: new Error('disk full') }), [
    'problem: disk full',
  ]);
  assert.deepEqual(lines({ kind: 'problem', error: 'odd' }), ['problem: odd']);
});

test('what the DHCP server answered and found', () => {
  const dhcp = { kind: 'dhcp', at: 0, mac, because: 'took the offer' } as const;
  const finding = {
    code: 'dhcp-pool-exhausted',
    severity: 'error',
    text: 'full',
    cure: 'more',
  } as const;
  assert.deepEqual(
    lines(
      { ...dhcp, asked: 'request', outcome: 'ack', address: '192.0.2.10' },
      { ...dhcp, asked: 'release', outcome: 'none', because: 'released' },
      { kind: 'server-finding', server: 'dhcp', state: 'begins', finding },
      { kind: 'server-finding', server: 'dhcp', state: 'begins', mac, finding },
    ),
    [
      '02:00:00:00:00:01  ack          192.0.2.10 (took the offer)',
      '02:00:00:00:00:01  release      released',
      'DHCP               error        dhcp-pool-exhausted: full; to do: more',
      '02:00:00:00:00:01  error        dhcp-pool-exhausted: full; to do: more',
    ],
  );
});
