import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseNeighbours } from './neighbours.ts';

const head = 'IP address       HW type     Flags       HW address            Mask     Device\n';

function entry(address: string, flags: string, hardware: string): string {
  return `${address.padEnd(16)} 0x1         ${flags}         ${hardware}     *        eth0\n`;
}

test('complete entries are read, with MACs as we write them', () => {
  const text = [
    entry('192.0.2.7', '0x2', '00:0e:84:c0:60:a6'),
    entry('192.0.2.8', '0x6', '02:00:00:00:00:01'),
  ].join('');
  assert.deepEqual(
    [...parseNeighbours(head + text)],
    [
      ['192.0.2.7', '000E84C060A6'],
      ['192.0.2.8', '020000000001'],
    ],
  );
});

test('an entry that was asked for and never answered is none', () => {
  const text = entry('192.0.2.9', '0x0', '00:00:00:00:00:00');
  assert.equal(parseNeighbours(head + text).size, 0);
});

test('links with other hardware addresses, and odd lines, are passed over', () => {
  const text = [
    entry('192.0.2.10', '0x2', '00:11:22:33:44:55:66:77'),
    'nonsense\n',
    '\n',
    entry('192.0.2.7', '0x2', '00:0e:84:c0:60:a6'),
  ].join('');
  assert.deepEqual([...parseNeighbours(head + text).keys()], ['192.0.2.7']);
  for (const other of ['', head, 'one line only']) assert.equal(parseNeighbours(other).size, 0);
});
