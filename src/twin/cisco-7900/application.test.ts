import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SimulatedServer } from '../simulated-network.ts';
import { flashWith, memoryWith } from './flash.ts';
import { answers, type Files, load, testMac, trialWith } from '../testing/trial.ts';

/** Images that an application reads of in its own files, and the loader before it did not. */

const wanted = 'P0S3-8-12-00';
const sep = `SEP${testMac}.cnf.xml`;
const sip = load(wanted, 'P003-8-12-00', 'PAS30830');
const phoneFile = 'line1_name: 100\nproxy1_address: 10.0.0.5\nphone_label: Desk\n';

/** The SEP file ends the loader's hunt without an image; SIPDefault.cnf names one. */
const hidden: Files = {
  [sep]: '<device><deviceProtocol>SIP</deviceProtocol></device>',
  'SIPDefault.cnf': `image_version: ${wanted}\n`,
  [`SIP${testMac}.cnf`]: phoneFile,
};

function phone(internalVersion: string) {
  const loader = { name: 'P003-8-12-00', internalVersion };
  return memoryWith({ ...flashWith('P0S3-07-5-00'), loader });
}

function without(path: string, kind: 'silent' | 'error', files: Files): SimulatedServer {
  return (request) => {
    const file = files[request.path];
    if (request.path === path) return kind === 'silent' ? { kind } : { kind, code: 2 };
    if (file === undefined) return { kind: 'error', code: 1 };
    return { kind: 'file', bytes: Buffer.from(file) };
  };
}

test('its loads file is missing, silent or refused: the application stays', async () => {
  const { [`${wanted}.loads`]: _, ...rest } = sip as Record<string, Uint8Array>;
  const servers = [
    { ...hidden, ...rest },
    without(`${wanted}.loads`, 'silent', { ...hidden, ...sip }),
    without(`${wanted}.loads`, 'error', { ...hidden, ...sip }),
  ];
  for (const server of servers) {
    const { result } = await trialWith(phone('PAS3X060'), server);
    assert.deepEqual([result.state, result.image, result.boots], ['idle', 'P0S3-07-5-00', 1]);
  }
});

test('its loader cannot be had: the application stays', async () => {
  const server = without('P003-8-12-00.sbn', 'error', { ...hidden, ...sip });
  const { result, events } = await trialWith(phone('PAS3X060'), server);
  assert.ok(answers(events).includes('P003-8-12-00.sbn error'));
  assert.deepEqual([result.state, result.image], ['idle', 'P0S3-07-5-00']);
});

test('its loader is there already: the phone resets, and goes round in circles', async () => {
  const { result, events } = await trialWith(phone('PAS30830'), { ...hidden, ...sip });
  assert.ok(!answers(events).includes('P003-8-12-00.sbn sent'));
  assert.deepEqual([result.state, result.boots], ['stuck', 12]);
  assert.match(result.because ?? '', /over and over.*P0S3-8-12-00/);
});

test("a loader's name is no image to go over to", async () => {
  const files = { ...hidden, ...sip, 'SIPDefault.cnf': 'image_version: P003-8-12-00\n' };
  const { result } = await trialWith(phone('PAS3X060'), files);
  assert.deepEqual([result.state, result.image, result.boots], ['idle', 'P0S3-07-5-00', 1]);
});

test('an SCCP phone whose own file names another image resets at once', async () => {
  let asked = 0;
  const named = `<device><loadInformation>${wanted}</loadInformation></device>`;
  const files: Files = { ...hidden, ...sip };
  const { result, events } = await trialWith(memoryWith(flashWith('P00308000500')), ({ path }) => {
    // The loader of the first boot asks before the application.
    const file = path === sep ? (++asked === 1 ? '<device/>' : named) : files[path];
    if (file === undefined) return { kind: 'error', code: 1 };
    return { kind: 'file', bytes: Buffer.from(file) };
  });
  const application = events.filter(({ stage, boot }) => stage === 'application' && boot === 1);
  assert.deepEqual(answers(application), [`CTLSEP${testMac}.tlv missing`, `${sep} sent`]);
  assert.deepEqual([result.state, result.image, result.boots], ['idle', wanted, 3]);
});
