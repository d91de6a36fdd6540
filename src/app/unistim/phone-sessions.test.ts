import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BootFact } from '../../model/family.ts';
import type { UnistimPhone } from '../../servers/unistim/handler.ts';
import { memoryStore } from '../../store/memory.ts';
import type { Mac } from '../../wire/mac.ts';
import { PhoneSessions, type PhoneSessionsParts } from './phone-sessions.ts';

const mac = '001866000001' as Mac;
const values = {
  ...{ 'sip-firmware': 'D93', 'transitional-firmware': 'D97', 'unistim-firmware/2004': 'D98' },
  '2004-sip-upgrade': 'on',
};
const upgradeFile = 'S1.Server.IP=192.0.2.10\nTFTP.Server.IP=192.0.2.5\n';

function phoneWith(firmware: string, more: Partial<UnistimPhone> = {}): UnistimPhone {
  return { mac, address: '192.0.2.7', port: 5000, firmware, itType: 2, ...more };
}

async function desk(library = ['CT12D97.bin', '0692D93.bin', '0604D98.bin']) {
  const store = memoryStore();
  const facts: BootFact[] = [];
  const shared: boolean[] = [];
  const provision = (state: 'locked' | 'unlocked', change = {}) =>
    store.servicePut({
      name: 'ipcm',
      state,
      values: { ...values, ...change },
      changedAt: 1,
      text: '',
    });
  await provision('unlocked');
  const sessions = new PhoneSessions({
    workspace: {
      store,
      config: {},
      layersFor: () => [],
      firmware: (name: string) =>
        Promise.resolve(library.includes(name) ? new Uint8Array(1) : undefined),
      handMadeFile: () => Promise.resolve(Buffer.from(upgradeFile)),
    },
    clock: { now: () => 1 },
    provisioner: {
      reported: (_: Mac, __: unknown, { isShared }: { isShared: boolean }) => {
        shared.push(isShared);
        return Promise.resolve();
      },
      told: (_: Mac, more: readonly BootFact[]) => Promise.resolve(void facts.push(...more)),
      event: () => undefined,
    },
    ...{ offer: 'on-request', pointerWay: 'servers', onEvent: () => assert.fail('a problem') },
  } as unknown as PhoneSessionsParts);
  return { sessions, provision, facts, shared };
}

test('locked, or switched off: no SIP image leaves, whoever asks for it', async () => {
  const { sessions, provision } = await desk();
  const leaves = () =>
    Promise.all(
      ['0692D93.bin', 'CT12D97.bin', '0604D98.bin'].map((path) => sessions.mayLeave(mac, path)),
    );
  assert.deepEqual(await leaves(), [true, true, true]);
  await provision('unlocked', { '2004-sip-upgrade': 'off' });
  assert.deepEqual(await leaves(), [false, false, true]);
  await provision('locked');
  assert.deepEqual(await leaves(), [false, false, false]);
  await provision('unlocked');
  assert.equal(await sessions.mayLeave(undefined, '0692D93.bin'), false, 'nobody was offered it');
});

test('on FirmW the transitional image, then the SIP image by itself, three times at most', async () => {
  const { sessions } = await desk();
  assert.equal((await sessions.registered(phoneWith('0604D98'))).offer, undefined);
  const pressed = await sessions.firmwareRequested(phoneWith('0604D98'));
  assert.equal('image' in pressed && pressed.path, 'CT12D97.bin');
  const again = async () => (await sessions.registered(phoneWith('CT12D97'))).offer?.path;
  const all = [await again(), await again(), await again(), await again()];
  assert.deepEqual(all, ['0692D93.bin', '0692D93.bin', '0692D93.bin', undefined]);
});

test('before the SIP image, and no other, the phone is told its servers', async () => {
  const { sessions } = await desk();
  const told = async (image: string) => {
    const offer = { image, path: `${image}.bin`, identifier: image, because: '' };
    return (await sessions.pointers(phoneWith('CT12D97'), offer)).map(({ address }) => address);
  };
  assert.deepEqual(await told('CT12D97'), []);
  assert.deepEqual(await told('0692D93'), ['192.0.2.10', '192.0.2.5']);
});

test('what the library lacks is refused, and said', async () => {
  const { sessions, facts } = await desk(['0604D98.bin']);
  const pressed = await sessions.firmwareRequested(phoneWith('0604D98'));
  assert.match('refused' in pressed ? pressed.refused : '', /lacks CT12D97\.bin/);
  assert.deepEqual(
    facts.map((fact) => fact.kind === 'finding' && fact.finding.code),
    ['software-missing'],
  );
});

test('an address that phones share is tied to none of them', async () => {
  const { sessions, shared } = await desk();
  const other = phoneWith('0604D98', { mac: '001866000002' as Mac, port: 5001 });
  await sessions.registered(phoneWith('0604D98'));
  await sessions.registered(other);
  // It comes anew before its old session is over.
  await sessions.registered(phoneWith('0604D98'));
  sessions.closed(phoneWith('0604D98'), 'the phone began anew');
  await sessions.registered(other);
  assert.deepEqual(shared, [false, true, true, true]);
});
