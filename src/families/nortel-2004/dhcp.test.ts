import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DhcpSite } from '../../model/family-dhcp.ts';
import type { Phone } from '../../model/phone.ts';
import type { Mac } from '../../wire/mac.ts';
import { dhcp } from './dhcp.ts';
import { start } from './watch-state.ts';

const site: DhcpSite = {
  unistim: { address: '192.0.2.1', port: 5000 },
  sip: [{ address: '192.0.2.10', port: 5060 }],
};
const unistim = '128 Nortel-i2004-A,192.0.2.1:5000,1,10;192.0.2.1:5000,1,10.';
const sip = '128 Nortel-i2004-A,192.0.2.10:5060,7,10.';

function given(
  running: string | undefined,
  watched: unknown = start,
  vendorClass = 'Nortel-i2004-A',
) {
  const base = { mac: '001866000001' as Mac, family: 'nortel-2004', model: '2004' };
  const phone: Phone = {
    ...base,
    labels: {},
    settings: {},
    ...(running !== undefined && { running }),
  };
  const options = dhcp.given?.({ asker: { vendorClass }, phone, watched }, site) ?? [];
  return options
    .map(({ code, bytes }) => `${code} ${Buffer.from(bytes).toString('latin1')}`)
    .join();
}

const took = (image: string) => ({ image, file: `${image}.bin`, whole: true, forced: false });

test('S1 and S2 are those that the software needs that it is about to start', () => {
  assert.equal(given(undefined), unistim, 'a new phone');
  assert.equal(given('0604D98'), unistim);
  assert.equal(given('CT12D97'), unistim);
  assert.equal(given('0692D93c08'), sip);
  assert.equal(given(undefined, start, 'Nortel-SIP-Phone-A'), sip);
  assert.equal(given('CT12D97', { ...start, byUftp: took('0692D93') }), sip, 'SIP is in its flash');
  assert.equal(
    given('0692D93', { ...start, byTftp: took('0604D98') }),
    unistim,
    'it goes back: 5060/7 would stay for ever',
  );
});

test('without a service, or a SIP server, there is nothing to give', () => {
  const state = { asker: { vendorClass: 'Nortel-i2004-A' } };
  assert.deepEqual(dhcp.given?.(state, { sip: [] }), []);
});

test('a 2004 is known by its class', () => {
  assert.ok(dhcp.identify({ vendorClass: 'Nortel-i2004-B' }));
  assert.deepEqual(dhcp.identify({ vendorClass: 'Nortel-SIP-Phone-A' })?.sorts, ['sip']);
  assert.equal(dhcp.identify({ vendorClass: 'Nortel-221e-A' }), undefined);
});
