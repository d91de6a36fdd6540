import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TimeEvent } from '../core/asking.ts';
import { fakeClock } from '../core/testing/fake-clock.ts';
import { phoneFrom } from '../core/inventory.ts';
import { families } from '../families/index.ts';
import { memoryStore } from '../store/memory.ts';
import type { Mac } from '../wire/mac.ts';
import { createTimeTimeline } from './time-timeline.ts';

const phone = '020000000001' as Mac;
const computer = '020000000002' as Mac;
const holders: Readonly<Record<string, Mac>> = { '192.0.2.1': phone, '192.0.2.2': computer };

async function setUp() {
  const store = memoryStore();
  await store.phonePut(phoneFrom(families, { mac: phone, model: '7960' }).phone);
  const clock = fakeClock();
  const told: string[] = [];
  const problems: unknown[] = [];
  const timeline = createTimeTimeline({
    ...{ store, clock },
    identifier: {
      identify: (_path, address) => {
        if (address === '192.0.2.66') throw new Error('no table of neighbours');
        const mac = holders[address];
        return mac === undefined ? {} : { mac };
      },
    },
    tell(mac, { happening }) {
      told.push(`${mac} ${happening.kind === 'sntp' ? happening.from : ''}`);
    },
    onProblem: (error) => problems.push(error),
  });
  return { clock, told, problems, timeline };
}

function asked(address: string, outcome: TimeEvent['outcome'] = 'time'): TimeEvent {
  return { kind: 'time', at: 0, address, port: 123, localAddress: '192.0.2.9', outcome };
}

test('who holds the address is told of in a batch, and nobody but phones', async () => {
  const { clock, told, timeline } = await setUp();
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) timeline.add(asked(address));
  assert.deepEqual(told, []);
  await clock.pass(100);
  await timeline.idle();
  assert.deepEqual(told, [`${phone} phone`, `${phone} server`]);
});

test('a kiss of death and a clock that nobody sets are no answer', async () => {
  const { told, timeline } = await setUp();
  timeline.add(asked('192.0.2.1', 'rate'));
  timeline.add(asked('192.0.2.1', 'unsynchronised'));
  await timeline.idle();
  assert.deepEqual(told, [`${phone} phone`, `${phone} phone`]);
});

test('a failure is a problem that ends nothing; a flood leaves the newest', async () => {
  const { told, problems, timeline } = await setUp();
  timeline.add(asked('192.0.2.66'));
  await timeline.idle();
  assert.equal(problems.length, 1);
  for (let count = 0; count < 10_001; count++) timeline.add(asked('192.0.2.1'));
  await timeline.idle();
  assert.ok(told.length >= 10_000 && told.length <= 10_002, `${told.length}`);
});
