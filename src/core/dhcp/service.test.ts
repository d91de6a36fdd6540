import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messageTypeOf } from '../../codec/dhcp/dhcp-fields.ts';
import { formatIPv4, ipv4Number } from '../../wire/ipv4.ts';
import type { DhcpAnswer } from './answer.ts';
import { probeMessage } from './probe.ts';
import { keptSite, type KeptSite } from './testing/kept-site.ts';
import { clientMessage, type ClientWords } from './testing/messages.ts';
import { settingsOf } from './testing/settings.ts';

const server = '10.1.0.1';
const settings = settingsOf(`
  lease: 1h
  networks:
    10.1.0.0/24:
      pools: 10.1.0.10-10.1.0.99
`);

function asker(site: KeptSite) {
  const answers: string[] = [];
  const note = (answer: DhcpAnswer | undefined) =>
    answers.push(
      answer ? `${messageTypeOf(answer.message)} ${formatIPv4(answer.message.yiaddr)}` : 'none',
    );
  return { answers, ask: (words: ClientWords) => site.send(clientMessage(words), note) };
}

const takes = (client: number, address: string): ClientWords => ({
  ...{ type: 'request', client },
  options: { 50: address, 54: server },
});

describe('createDhcpService', () => {
  test('an acknowledgement waits for the disk, an offer does not', async () => {
    const site = keptSite(settings, server);
    const { answers, ask } = asker(site);
    ask({ type: 'discover' });
    ask(takes(1, '10.1.0.10'));
    await new Promise((resolve) => void setImmediate(resolve));
    assert.deepEqual(answers, ['offer 10.1.0.10']);
    assert.equal(site.disk.size, 0);
    await site.settle();
    assert.deepEqual(answers, ['offer 10.1.0.10', 'ack 10.1.0.10']);
    assert.equal(site.disk.get('10.1.0.10')?.clientId, '01020000000001');
  });

  test('what comes together shares one transaction; what comes meanwhile the next', async () => {
    const site = keptSite(settings, server);
    const { ask, answers } = asker(site);
    for (let client = 1; client <= 20; client++) ask(takes(client, `10.1.0.${client + 9}`));
    await site.settle();
    assert.equal(site.transactions, 1);
    assert.equal(answers.length, 20);
    ask({ type: 'release', client: 1, ciaddr: '10.1.0.10' });
    ask({ type: 'decline', client: 2, options: { 50: '10.1.0.11', 54: server } });
    await site.settle();
    assert.equal(site.transactions, 2);
    assert.equal(site.disk.get('10.1.0.10')?.state, 'released');
    assert.equal(site.disk.get('10.1.0.11')?.state, 'declined');
  });

  test('no acknowledgement when the disk fails, and the next one is well', async () => {
    const site = keptSite(settings, server);
    const { ask, answers } = asker(site);
    ask(takes(1, '10.1.0.10'));
    await site.settle('failed');
    assert.deepEqual(answers, ['none']);
    assert.match(String(site.problems[0]), /disk is full/);
    ask(takes(1, '10.1.0.10'));
    await site.settle();
    assert.deepEqual(answers, ['none', 'ack 10.1.0.10']);
  });

  test('an address that answers is set aside before it is offered; one that was leased is not tried', async () => {
    const tried: string[] = [];
    const inUse = (address: string) => {
      tried.push(address);
      return Promise.resolve(address === '10.1.0.10' || address === '10.1.0.11');
    };
    const site = keptSite(settings, server, { inUse });
    const { ask, answers } = asker(site);
    ask({ type: 'discover' });
    await site.settle();
    assert.deepEqual(answers, ['offer 10.1.0.12']);
    assert.deepEqual(tried, ['10.1.0.10', '10.1.0.11', '10.1.0.12']);
    assert.equal(site.disk.get('10.1.0.10')?.state, 'declined');
    assert.deepEqual(
      site.events.map(({ kind }) => kind),
      ['address-conflict', 'address-conflict'],
    );
    ask(takes(1, '10.1.0.12'));
    ask({ type: 'discover' });
    ask({ type: 'request', ciaddr: '10.1.0.12' });
    await site.settle();
    assert.equal(tried.length, 3);
    assert.deepEqual(answers.slice(1).sort(), [
      'ack 10.1.0.12',
      'ack 10.1.0.12',
      'offer 10.1.0.12',
    ]);
  });

  test('no end of addresses in use: silence, and the next try goes on from there', async () => {
    const site = keptSite(settings, server, { inUse: () => Promise.resolve(true) });
    const { ask, answers } = asker(site);
    ask({ type: 'discover' });
    await site.settle();
    assert.deepEqual(answers, ['none']);
    assert.equal(site.disk.size, 4);
  });

  test('a ping that cannot be sent keeps nobody from an address', async () => {
    const site = keptSite(settings, server, { inUse: () => Promise.reject(new Error('no ping')) });
    const { ask, answers } = asker(site);
    ask({ type: 'discover' });
    await site.settle();
    assert.deepEqual(answers, ['offer 10.1.0.10']);
  });

  for (const step of [86_400_000 * 365 * 50, -86_400_000])
    test(`the clock is set by ${step} ms: leases last as long as they did`, async () => {
      const site = keptSite(settings, server);
      const { ask, answers } = asker(site);
      ask(takes(1, '10.1.0.10'));
      await site.settle();
      const before = site.disk.get('10.1.0.10')!.expiresAt;
      site.clocks.wall += step + 1000;
      site.clocks.uptime += 1000;
      ask({ type: 'request', client: 2, options: { 50: '10.1.0.10', 54: server } });
      await site.settle();
      assert.deepEqual(answers, ['ack 10.1.0.10', 'nak 0.0.0.0']);
      assert.equal(site.disk.get('10.1.0.10')?.expiresAt, before + step);
      site.clocks.wall += 3_600_000;
      site.clocks.uptime += 3_600_000;
      ask(takes(2, '10.1.0.10'));
      await site.settle();
      assert.equal(answers.at(-1), 'ack 10.1.0.10');
    });

  test('leases of long ago are forgotten, on disk too', async () => {
    const site = keptSite(settings, server);
    const { ask } = asker(site);
    ask(takes(1, '10.1.0.10'));
    await site.settle();
    for (const days of [59, 2]) {
      site.clocks.wall += days * 86_400_000;
      site.clocks.uptime += days * 86_400_000;
      const forgotten = site.service().forgetOld();
      await site.settle();
      await forgotten;
      assert.equal(site.disk.size, days === 59 ? 1 : 0);
    }
    ask({ type: 'discover', client: 2, options: { 50: '10.1.0.10' } });
  });

  test('answers of other servers are heard with what they give', () => {
    const site = keptSite(settings, server, { isOwn: (address) => address === ipv4Number(server) });
    const ask = (identifier: string) =>
      site.send({
        ...clientMessage({ type: 'offer', options: { 54: identifier, 150: '10.1.0.5 10.1.0.6' } }),
        ...{ op: 'reply', yiaddr: ipv4Number('10.1.0.200'), siaddr: ipv4Number('10.1.0.7') },
      });
    ask(server);
    ask('10.1.0.4');
    assert.deepEqual(site.events, [
      {
        kind: 'other-server',
        other: {
          ...{ server: '10.1.0.4', tftpServers: ['10.1.0.5', '10.1.0.6'] },
          ...{ nextServer: '10.1.0.7', offered: '10.1.0.200' },
        },
      },
    ]);
  });

  test('its own probe is not answered, BOOTP is counted', async () => {
    const site = keptSite(settings, server, { isOwn: (address) => address === ipv4Number(server) });
    const answers: unknown[] = [];
    site.send(probeMessage(ipv4Number(server), 7, 'Phone'), (answer) => answers.push(answer));
    const bootp = clientMessage({ type: 'discover' });
    site.send({ ...bootp, options: [] }, (answer) => answers.push(answer));
    await site.settle();
    assert.deepEqual(answers, [undefined, undefined]);
    assert.deepEqual(site.service().counts, { 'not-dhcp': 1 });
  });
});
