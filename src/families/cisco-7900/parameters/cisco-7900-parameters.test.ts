import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parameterLookup } from '../../../model/parameter-lookup.ts';
import { valueProblem } from '../../../model/parameter-value.ts';
import { mgcpTable } from './mgcp.ts';
import { networkMenuTable } from './network-menu.ts';
import { sipTable } from './sip.ts';

const sip = parameterLookup(sipTable);

for (const { id, parameters } of [sipTable, mgcpTable, networkMenuTable])
  describe(id, () => {
    test('has each key once, whatever its letter case', () => {
      const keys = parameters.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
      const plain = keys.map((key) => key.toLowerCase()).filter((key) => key !== 'image_version');
      assert.equal(new Set(plain).size, plain.length);
    });

    test('has one line of help and a source in every row', () => {
      for (const { name, help, source } of parameters) {
        assert.match(help, /^[A-Z0-9].{3,110}\.$/, name);
        assert.notEqual(source, '', name);
      }
    });

    test('has defaults that are values, or keys whose value is taken', () => {
      for (const row of parameters)
        if (row.default !== undefined && sip.find(row.default.replace('N', '1')) === undefined)
          assert.equal(valueProblem(row, row.default), undefined, row.name);
    });

    test('marks what is secret', () => {
      for (const { name, secret } of parameters)
        assert.equal(secret === true, /password/.test(name), name);
    });
  });

test('keys of the field are known: other spellings, later releases', () => {
  const known = ['dst_stop_autoadjust', 'Image_version', 'domain_name', 'call_manager6_addr'];
  const more = ['speed_line5', 'speed_label1', 'stutter_msg_waiting', 'call_stats', 'auto_answer'];
  for (const key of [...known, ...more]) assert.ok(sip.find(key), key);
  assert.equal(sip.find('dst_stop_autoadjust')?.key, 'dst_auto_adjust');
  assert.equal(sip.find('line7_name'), undefined);
});

test('a proxy may be the call manager', () => {
  for (const key of ['proxy1_address', 'proxy6_address']) {
    const found = sip.find(key);
    assert.ok(found);
    assert.equal(valueProblem(found.parameter, 'USECALLMANAGER'), undefined);
    assert.notEqual(valueProblem(found.parameter, '192.0.2.300'), undefined);
  }
});
