import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ethernet, ipv4, udp } from '../../../codec/pcap/testing/build-capture.ts';
import type { Mac } from '../../../wire/mac.ts';
import { happenings, observed } from '../testing/observed-capture.ts';
import { staged } from '../testing/staged-capture.ts';

const { phone, server, phoneMac, serverMac } = staged;

test('UNIStim: hello, hardware id, firmware, the order to download', async () => {
  const seen = await observed((on) => {
    const unistim = (hex: string, from?: 'from-server'): void =>
      on.udp(5000, 5000, Buffer.from(hex.replaceAll(' ', ''), 'hex'), from);
    unistim('ffffffff 02 02 ffffffff 9e0308');
    unistim('00000000 00 01', 'from-server');
    unistim('00000000 02 02 ffffffff 9e0308');
    unistim('00000001 02 02 ffffffff 9a0d07 0018 000ae4010203 6600');
    unistim('00000002 02 02 00000013 9a0a02 30363034443938 9a0403 02');
    unistim(
      '00000005 02 01 1e18 0e 42 00 413000 423000 1410 0000 c0000201 000000 00'
        .replace('1e18', '1e13')
        .replace('000000 00', ''),
      'from-server',
    );
    on.udp(5105, 5105, Buffer.from('000000010203' + '81' + '0200' + '04' + '413000', 'hex'));
  });
  assert.deepEqual(
    seen.map(({ mac, happening }) => [
      mac,
      happening.kind === 'file-asked'
        ? `${happening.protocol}: ${happening.path}`
        : happening.kind === 'unistim' && `${happening.from}: ${happening.text}`,
    ]),
    [
      'phone: hello',
      'phone: hello, with a sequence',
      'phone: hardware id 0018000AE40102036600',
      'phone: firmware 0604D98',
      'phone: phone type i2004',
      'server: download of A0 (B0) from 192.0.2.1:5136 by UFTP',
      'uftp: A0',
    ].map((text) => ['000AE4010203', text]),
  );
});

test('SNTP, both ways', async () => {
  const seen = await happenings((on) => {
    const packet = Buffer.alloc(48);
    packet[0] = 0x23;
    on.udp(40_000, 123, packet);
    const reply = Buffer.from(packet);
    reply[0] = 0x24;
    on.udp(123, 40_000, reply, 'from-server');
  });
  assert.deepEqual(seen, [
    { kind: 'sntp', from: 'phone', server },
    { kind: 'sntp', from: 'server', server },
  ]);
});

test('an address that another has, and one that a phone finds taken', async () => {
  const arp = (operation: number, mac: Mac, sender: string, target: string): Uint8Array => {
    const address = (text: string): string =>
      Buffer.from(text.split('.').map(Number)).toString('hex');
    const hex = `0001080006040000${mac}${address(sender)}000000000000${address(target)}`;
    const packet = Buffer.from(hex, 'hex');
    packet[7] = operation;
    return ethernet(0x0806, packet, mac);
  };
  const seen = await observed((on) => {
    on.frame(arp(1, phoneMac, phone, server));
    on.frame(arp(2, serverMac, phone, server));
    on.wait(120_000);
    on.frame(arp(2, phoneMac, phone, server));
    on.frame(arp(1, phoneMac, '0.0.0.0', '192.0.2.9'));
    on.frame(arp(2, serverMac, '192.0.2.9', '0.0.0.0'));
  });
  assert.deepEqual(
    seen.map(({ mac, happening }) => [mac, happening]),
    [
      [phoneMac, { kind: 'address-conflict', address: phone }],
      [phoneMac, { kind: 'address-conflict', address: '192.0.2.9' }],
    ],
  );
});

test('ICMP for what the phone had sent', async () => {
  const seen = await observed((on) => {
    const lost = ipv4({
      from: phone,
      to: server,
      protocol: 17,
      payload: udp(5060, 5060, Buffer.alloc(9)),
    });
    const icmp = Buffer.concat([Buffer.from('030d000000000000', 'hex'), lost]);
    on.frame(
      ethernet(
        0x0800,
        ipv4({ from: '192.0.2.254', to: phone, protocol: 1, payload: icmp }),
        serverMac,
      ),
    );
  });
  const text = 'communication administratively prohibited, says 192.0.2.254, for port 5060';
  assert.deepEqual(
    seen.map(({ address, happening }) => [address, happening]),
    [[phone, { kind: 'unreachable', server, text }]],
  );
});

test('what a relay agent passes on is said once, a repetition is said again', async () => {
  const discover = (relay: boolean): Uint8Array => {
    const bytes = Buffer.alloc(244);
    bytes.set([1, 1, 6, relay ? 1 : 0, 9, 9, 9, 9]);
    if (relay) bytes.set([192, 0, 2, 254], 24);
    bytes.set(Buffer.from(phoneMac, 'hex'), 28);
    bytes.set([0x63, 0x82, 0x53, 0x63, 53, 1, 1, 255], 236);
    return bytes;
  };
  const seen = await observed((on) => {
    on.udp(68, 67, discover(false));
    on.udp(67, 67, discover(true));
    on.wait(4000);
    on.udp(68, 67, discover(false));
  });
  assert.deepEqual(
    seen.map(({ evidence }) => evidence.line),
    [1, 3],
  );
  assert.deepEqual(seen[0]?.happening, {
    kind: 'dhcp',
    dhcp: { message: 'discover', options: [53] },
  });
});
