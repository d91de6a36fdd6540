import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProvisionEvent } from '../asking.ts';
import type { Mac } from '../../wire/mac.ts';
import { addressAtFirst, fakePhone, mac, siteWith } from '../testing/fake-site.ts';

const other = '020000000002' as Mac;
const computer = '0200000000CC' as Mac;
const password = 'geh3im';
const settings = { name: 'one', line1_password: password };
const phone = fakePhone({ settings, running: '3' });
const its = `phone-${mac}`;
const elsewhere = '192.0.2.66';

const whole = `load=3 name=one line1_password=${password}`;
const without = 'load=3 name=one line1_password=';

function codes(events: readonly ProvisionEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.kind === 'finding') return [`${event.finding.mac} ${event.finding.code}`];
    if (event.kind === 'withheld') return [`${event.address} ${event.finding.code}`];
    return event.kind === 'mended' ? [`${event.mac} mended ${event.code}`] : [];
  });
}

describe('who gets the secrets of a phone', () => {
  test('the address that holds its MAC by a lease, by the neighbour table, or by both', async () => {
    for (const sources of [
      { leases: { [addressAtFirst]: mac } },
      { neighbours: { [addressAtFirst]: mac } },
      { neighbours: { [addressAtFirst]: mac }, leases: { [addressAtFirst]: mac } },
    ]) {
      const site = await siteWith(sources, [phone]);
      assert.equal(await site.ask(its), whole);
      assert.deepEqual(codes(site.events), []);
    }
  });

  test('an address of which nothing is known gets blanks, and the phone a finding', async () => {
    const site = await siteWith({}, [phone]);
    assert.equal(await site.ask(its), without);
    assert.deepEqual(codes(site.events), [`${mac} secret-withheld`]);
    const [finding] = await site.store.findingList(mac);
    assert.match(finding?.text ?? '', new RegExp(`^${addressAtFirst} asked for ${its} and got`));
    assert.match(finding?.cure ?? '', /trust: networks:/);
    assert.equal(finding?.severity, 'error');
    assert.doesNotMatch(JSON.stringify(site.events), new RegExp(password));
  });

  test('an address that another phone holds gets blanks, and counts for neither', async () => {
    const phones = [phone, fakePhone({ mac: other, settings: {} })];
    const site = await siteWith({ leases: { [elsewhere]: other } }, phones);
    assert.equal(await site.ask(its, elsewhere), without);
    assert.deepEqual(codes(site.events), [
      `${mac} file-of-another-phone`,
      `${mac} secret-withheld`,
    ]);
    assert.deepEqual(await site.store.bootList(mac, 9), []);
    assert.deepEqual(await site.store.bootList(other, 9), []);
    assert.deepEqual(await site.store.tieList(), []);
    const request = site.events.find(({ kind }) => kind === 'request');
    assert.equal(request?.kind === 'request' && request.mac, undefined);
  });

  test('a computer that plays the phone is followed, and gets blanks', async () => {
    const site = await siteWith({ neighbours: { [elsewhere]: computer } }, [phone]);
    assert.equal(await site.ask(its, elsewhere), without);
    assert.equal((await site.store.bootList(mac, 9)).length, 1);
    const [finding] = await site.store.findingList(mac);
    assert.match(finding?.text ?? '', /02:00:00:00:00:CC holds this address$/);
    assert.equal(finding?.severity, 'warning');
  });

  test('in a trusted network the name is enough, unless another MAC holds the address', async () => {
    const site = await siteWith({ trusted: [addressAtFirst] }, [phone]);
    assert.equal(await site.ask(its), whole);
    const held = { trusted: [addressAtFirst], neighbours: { [addressAtFirst]: computer } };
    assert.equal(await (await siteWith(held, [phone])).ask(its), without);
    const leased = { trusted: [addressAtFirst], leases: { [addressAtFirst]: other } };
    assert.equal(await (await siteWith(leased, [phone])).ask(its), without);
  });

  test('a lease and the neighbour table that disagree verify nobody', async () => {
    const parts = { leases: { [elsewhere]: mac }, neighbours: { [elsewhere]: computer } };
    assert.equal(await (await siteWith(parts, [phone])).ask(its, elsewhere), without);
  });

  test('once the phone has its passwords the finding is mended, and not before', async () => {
    const leases: Record<string, Mac> = {};
    const site = await siteWith({ leases }, [phone]);
    await site.ask(its);
    await site.ask(`boot,runs-3,${its}`);
    assert.deepEqual(codes(site.events), [`${mac} secret-withheld`]);
    leases[addressAtFirst] = mac;
    await site.ask('dialplan');
    assert.deepEqual(codes(site.events), [`${mac} secret-withheld`]);
    assert.equal(await site.ask(its), whole);
    assert.deepEqual(codes(site.events).slice(1), [`${mac} mended secret-withheld`]);
    assert.deepEqual(await site.store.findingList(mac), []);
  });
});

describe('hand-made files', () => {
  const common = `server=a admin_password=${password}`;
  const handMade = {
    common,
    open: 'server=a',
    [`phone-${other}`]: `x=1 line1_password=${password}`,
    [`notes ${other.replace(/(..)(?!$)/g, '$1:')}`]: `x=1 line1_password=${password}`,
    broken: `? the password is ${password}`,
    harmless: '? this is no file of theirs',
    signed: `signed line1_password=${password}`,
    utf16: Buffer.from(`? password ${password}`, 'utf16le').toString('latin1'),
  };
  const verified = { handMade, leases: { [addressAtFirst]: mac } };

  test('common ones go whole to every phone that holds its address, and to nobody else', async () => {
    const site = await siteWith(verified, [phone]);
    assert.equal(await site.ask('common'), common);
    assert.equal(await site.ask('common', elsewhere), 'server=a admin_password=');
    assert.deepEqual(codes(site.events), [`${elsewhere} secret-withheld`]);
    const unlisted = await siteWith({ handMade, leases: { [elsewhere]: computer } }, [phone]);
    assert.equal(await unlisted.ask('common', elsewhere), 'server=a admin_password=');
  });

  test('one of a phone goes to its holder alone, in the inventory or not', async () => {
    const site = await siteWith(verified, [phone]);
    for (const name of [`phone-${other}`, Object.keys(handMade)[3] ?? ''])
      assert.equal(await site.ask(name), 'x=1 line1_password=', name);
    const holder = await siteWith({ handMade, neighbours: { [elsewhere]: other } }, [phone]);
    assert.equal(await holder.ask(`phone-${other}`, elsewhere), handMade[`phone-${other}`]);
  });

  test('what cannot be read and speaks of passwords is missing, as is what is signed', async () => {
    const site = await siteWith(verified, [phone]);
    for (const name of ['broken', 'signed']) {
      assert.equal(await site.ask(name), handMade[name]);
      assert.equal(await site.ask(name, elsewhere), undefined);
    }
    for (const name of ['utf16']) assert.equal(await site.ask(name, elsewhere), undefined);
    for (const name of ['open', 'harmless'])
      assert.equal(await site.ask(name, elsewhere), handMade[name]);
  });

  test('firmware is nobody’s secret', async () => {
    const library = { '1.img': `? password ${password}` };
    const site = await siteWith({ library }, [phone]);
    assert.equal(await site.ask('1.img', elsewhere), library['1.img']);
  });
});

test('a renderer that wrote a secret which nobody finds gives nothing away', async () => {
  const { fakeFamily } = await import('../testing/fake-family.ts');
  const value = { key: 'pin', value: password, origin: { kind: 'order' }, secret: true } as const;
  const family = {
    ...fakeFamily,
    render: () => ({
      files: [{ path: its, content: `pin=${password}`, values: [value] }],
      defaults: [],
      findings: [],
    }),
  };
  const site = await siteWith({ families: [family] }, [phone]);
  assert.equal(await site.ask(its), undefined);
  const held = await siteWith({ families: [family], leases: { [addressAtFirst]: mac } }, [phone]);
  assert.equal(await held.ask(its), `pin=${password}`);
});

test('one address that asks again and again is told of once; another one too', async () => {
  const site = await siteWith({}, [phone]);
  for (let time = 0; time < 5; time++) await site.ask(its);
  assert.equal(codes(site.events).length, 1);
  assert.match(
    (await site.store.findingList(mac))[0]?.text ?? '',
    new RegExp(`^${addressAtFirst} `),
  );
  await site.ask(its, elsewhere);
  assert.match((await site.store.findingList(mac))[0]?.text ?? '', new RegExp(`^${elsewhere} `));
});
