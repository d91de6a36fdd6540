import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BootNortelTwinOptions } from '../nortel-2004/boot-twin.ts';
import { faultRules } from '../nortel-2004/fault-rules.ts';
import {
  nortelImage,
  nortelTrial,
  told,
  unistimPhone,
  type NortelTrialOptions,
} from '../testing/nortel-trial.ts';
import { answers } from '../testing/trial.ts';
import { chooseFault, withFaults } from './faults.ts';

/** A 2004 on its way from UNIStim over the transitional firmware to SIP. */
const files = {
  'CT12D97.bin': nortelImage('CT12D97', 4000),
  '0692D93.bin': nortelImage('0692D93c08', 20_000),
};
const pointers = ['1e 0d 0b 00 13c4 07 05 01 0a000009', '1e 0d 0b 02 0045 00 00 00 0a000003'];
const ipcm = {
  files,
  pressed: { '0604D98': { path: 'CT12D97.bin', identifier: 'CT12D97' } },
  offers: { CT12D97: { path: '0692D93.bin', identifier: '0692D93c08', pointers } },
};

function withNames(names: readonly string[]) {
  return (parts: BootNortelTwinOptions) =>
    withFaults(
      parts,
      faultRules,
      names.map((name) => {
        const fault = chooseFault(name);
        assert.ok(typeof fault === 'object', name);
        return fault;
      }),
    );
}

function upgrade(names: readonly string[], more: Partial<NortelTrialOptions> = {}) {
  const flash = unistimPhone();
  const user = { press: 'FirmW' } as const;
  return nortelTrial({ flash, ipcm, user, change: withNames(names), ...more });
}

type Row = {
  readonly fault: string;
  readonly state: 'idle' | 'stuck';
  readonly image: string;
  readonly because?: RegExp;
};

const sip = '0692D93c08';
const unistim = '0604D98';
const rows: readonly Row[] = [
  { fault: 'loses-packets', state: 'idle', image: sip },
  { fault: 'loses-packets=0.2', state: 'idle', image: sip },
  { fault: 'nak-storm', state: 'idle', image: sip },
  { fault: 'nak-storm=0.9', state: 'idle', image: sip },
  { fault: 'breaks-off-uftp', state: 'idle', image: sip },
  { fault: 'breaks-off-uftp=1', state: 'idle', image: sip },
  { fault: 'answers-late', state: 'idle', image: sip },
  { fault: 'duplicate-requests', state: 'idle', image: sip },
  { fault: 'wrong-case-request', state: 'idle', image: sip },
  { fault: 'stops-on-error-2', state: 'idle', image: sip },
  { fault: 'stops-at-long-lines', state: 'idle', image: sip },
  { fault: 'ignores-server-information', state: 'idle', image: sip },
  { fault: 'power-cut-while-flashing=5000', state: 'idle', image: sip },
  { fault: 'never-pressed', state: 'idle', image: unistim },
  { fault: 'refuses-image', state: 'idle', image: unistim },
  { fault: 'flash-write-fails', state: 'stuck', image: unistim, because: /over and over/ },
  { fault: 'boots-old-application', state: 'stuck', image: unistim, because: /over and over/ },
  { fault: 'power-cut-while-flashing', state: 'idle', image: sip },
  { fault: 'never-idle', state: 'stuck', image: sip, because: /does not come to rest/ },
];

describe('from UNIStim to SIP', () => {
  for (const { fault, state, image, because } of rows)
    test(`${fault}: ${state} with ${image}, and as ever without it`, async () => {
      const flash = unistimPhone();
      const { result } = await upgrade([fault], { flash });
      assert.deepEqual([result.state, result.image], [state, image]);
      if (because) assert.match(result.because ?? '', because);
      const after = await upgrade([], { flash });
      assert.deepEqual([after.result.state, after.result.image], ['idle', sip]);
    });

  test('a power cut while the transitional firmware is written leaves the one of before', async () => {
    const { events } = await upgrade(['power-cut-while-flashing']);
    assert.match(told(events, 'reboot').join(), /the power failed while CT12D97/);
    assert.deepEqual(answers(events).slice(0, 3), [
      ...['CT12D97.bin sent', 'CT12D97.bin sent', '0692D93.bin sent'],
    ]);
  });

  test('a power cut while the SIP image is written: the transitional firmware gets it again', async () => {
    const { events } = await upgrade(['power-cut-while-flashing=5000']);
    assert.deepEqual(answers(events), [
      ...['CT12D97.bin sent', '0692D93.bin sent', '0692D93.bin sent', '2004tftp.cfg missing'],
    ]);
  });

  test('one fifth lost and a storm of NAKs, with many seeds', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { result } = await upgrade(['loses-packets=0.2', 'nak-storm'], { seed });
      assert.deepEqual([seed, result.state, result.image], [seed, 'idle', sip]);
    }
  });

  test('the same seed gives the same story, another one another', async () => {
    const story = async (seed: number) =>
      JSON.stringify((await upgrade(['loses-packets=0.2'], { seed })).events);
    assert.equal(await story(5), await story(5));
    assert.notEqual(await story(5), await story(6));
  });

  test('servers that are not kept: S1 at port 5060, TFTP from DHCP', async () => {
    const { memory, seen } = await upgrade(['ignores-server-information']);
    assert.deepEqual(memory.servers, {
      S1: { address: '10.0.0.5', port: 5060, action: 7, retries: 2 },
    });
    assert.deepEqual(
      seen.map(({ server }) => server),
      ['10.0.0.2'],
    );
  });

  test('a transfer that was broken off is told of', async () => {
    const { events } = await upgrade(['breaks-off-uftp']);
    assert.equal(answers(events)[0], 'CT12D97.bin aborted');
    assert.match(told(events, 'reboot').join(), /the download of CT12D97.bin broke off/);
  });
});
