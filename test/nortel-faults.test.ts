import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { PhoneFinding } from '../src/model/finding.ts';
import { nortelFaults, type NortelDeed, type NortelFault } from './nortel-fault-rows.ts';
import {
  ipcmAddress,
  nortelFirmwareOf,
  nortelSite,
  provisionedFor,
  tftpAddress,
  upgradeText,
  type NortelSite,
} from './nortel-site.ts';

/** Faults of an IP Phone 2004: each is named, and its cure, followed to the letter, helps. */

/** A phone that is late is told of after minutes. */
const longRest = 20 * 60_000;
const bootsToShow = 2;
const mostPowerCycles = 2;

type Act = (site: NortelSite, row: NortelFault) => unknown;
type Instruction = readonly [words: RegExp, deed: NortelDeed | 'look', act: Act];

const look: Act = () => undefined;

const wrongFile = 'SipUpgradeConfigFile.txt';
const mendFile: Act = ({ handMade }) => handMade.set(wrongFile, Buffer.from(upgradeText));

const instructions: readonly Instruction[] = [
  [/^hookflash ipcm (show|lock)\b/, 'look', look],
  [
    /^hookflash ipcm modify/,
    'provision',
    ({ provision }, { from, to }) => provision(provisionedFor(from, to), 'locked'),
  ],
  [/^hookflash ipcm unlock$/, 'unlock', ({ provision }) => provision({})],
  [/^lock and unlock after a change$/, 'unlock', ({ provision }) => provision({})],
  [
    /^hookflash firmware import( --replace)? the (image|package of)/,
    'import',
    ({ library }, { from, to }) => {
      for (const [name, bytes] of nortelFirmwareOf([from, to, 'CT12D97'])) library.set(name, bytes);
    },
  ],
  [
    /press Config, (then )?Display Version, (then )?FirmW/,
    'press',
    (site) => void (site.presses = true),
  ],
  [/^or have phones with a plan get it/, 'look', look],
  [/^mend files\/SipUpgradeConfigFile\.txt/, 'mend file', mendFile],
  [/TFTP\.Server\.IP in SipUpgradeConfigFile\.txt is the address/, 'mend file', mendFile],
  [/^give the TFTP server by DHCP too/, 'by DHCP', (site) => void (site.hasDhcp = true)],
  [/^let DHCP give it S1 with port 5000/, 'by DHCP', (site) => void (site.hasDhcp = true)],
  [
    /then S1 IP: the IPCM service, S1 PORT 5000, S1 ACTION 1/,
    'at the phone',
    (site) => void (site.entered = { address: ipcmAddress, port: 5000, action: 1 }),
  ],
  [
    /enter the TFTP server/,
    'at the phone',
    ({ flash }) => flash.write({ ...flash.read(), network: { tftp: tftpAddress } }),
  ],
  [/^see that UDP goes both ways/, 'let through', ({ blocked }) => blocked.clear()],
  [/take (the file|it) away/, 'take away', ({ handMade }) => handMade.delete('2004tftp.cfg')],
  [
    /^Raise VERSION above what the phone has/,
    'mend file',
    ({ handMade }) => {
      const text = String(handMade.get('2004tftp.cfg')).replaceAll('0692D92', '0692D93');
      handMade.set('2004tftp.cfg', Buffer.from(text));
    },
  ],
  [/^for older firmware write FORCED/, 'look', look],
  [/^see that VERSION in \[FW\]|^look at its display/, 'look', look],
  [/^hookflash phone set/, 'set', ({ want }, { to }) => want(to)],
];

const powerCycle = /(switch the phone off and on|pull the plug)/;

async function isThere(site: NortelSite, { to, isRight = () => true }: NortelFault) {
  const before = site.left.length;
  const end = await site.boot();
  const { progress } = await site.state();
  const hasIt = end.state === 'idle' && end.image === to && progress?.state === 'done';
  return hasIt && isRight(site, site.left.slice(before));
}

async function power(site: NortelSite, row: NortelFault): Promise<boolean> {
  for (let cycle = 0; cycle < mostPowerCycles; cycle++) if (await isThere(site, row)) return true;
  return false;
}

async function followed(site: NortelSite, { cure = '' }: PhoneFinding, row: NortelFault) {
  const done: NortelDeed[] = [];
  for (const step of cure.split('; ')) {
    const [, , words = ''] = /^(?:(if [^:]*|last): )?(.*)$/.exec(step) ?? [];
    if (powerCycle.test(words)) {
      done.push('power');
      if (await power(site, row)) return done;
      continue;
    }
    const [, deed, act] = instructions.find(([pattern]) => pattern.test(words)) ?? [];
    assert.ok(deed && act, `nobody knows how to do this: "${words}" of "${cure}"`);
    await act(site, row);
    if (deed !== 'look') done.push(deed);
  }
  // What is done at the phone is done while it starts.
  if (done.at(-1) !== 'power' && (await power(site, row))) return [...done, 'power'];
  return assert.fail(`it did not help: ${done.join(', ')}; it was "${cure}"`);
}

async function staged(row: NortelFault) {
  const site = await nortelSite(row);
  await row.fault(site);
  for (let boot = 0; boot < (row.boots ?? bootsToShow); boot++) await site.boot(longRest);
  return site;
}

describe('a fault of a 2004 is named, and its cure helps', () => {
  for (const row of nortelFaults)
    test(`${row.name}: ${row.named}`, async () => {
      const site = await staged(row);
      const { findings, progress } = await site.state();
      const told = findings.map(({ code }) => code).join();
      const found = findings.find(({ code }) => code === row.named);
      assert.ok(found, `${told}; ${progress?.state}: ${progress?.reason}`);
      for (const part of [found.text, found.consequence ?? '', found.cure ?? ''])
        assert.ok(part.length > 10, part);
      assert.ok(existsSync(new URL(`../docs/diagnoses/${row.named}.md`, import.meta.url)));
      assert.deepEqual(await followed(site, found, row), row.by, found.cure);
      await site.boot();
      const after = await site.state();
      assert.equal(after.progress?.state, 'done');
      assert.ok(!after.findings.some(({ code }) => code === row.named), `${row.named} stands`);
    });

  test('without its cure the phone stays as it is', async () => {
    for (const row of nortelFaults.filter(({ by }) => by.length > 1)) {
      const site = await staged(row);
      assert.equal(await power(site, row), false, row.name);
    }
  });
});

test('what passes by itself leaves nothing behind', async () => {
  for (const faults of [['breaks-off-uftp=3'], ['nak-storm=0.4'], ['ignores-server-information']]) {
    const site = await nortelSite({ from: '0604D98', to: '0692D93c08' });
    site.faults = faults;
    const end = await site.boot();
    const { progress, findings } = await site.state();
    assert.deepEqual(
      [end.state, end.image, progress?.state, findings.map(({ code }) => code)],
      ['idle', '0692D93c08', 'done', []],
      faults.join(),
    );
  }
});
