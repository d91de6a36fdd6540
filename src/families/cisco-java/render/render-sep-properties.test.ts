import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SettingValues } from '../../../model/settings.ts';
import {
  numberedPath,
  repeatedIn,
  repeatedPaths,
} from '../../cisco-shared/render/sep/sep-paths.ts';
import { someSettings, valueFor } from '../../cisco-shared/testing/arbitrary-settings.ts';
import { sepTable } from '../parameters/sep.ts';
import { fleet, render, sccp, sepOf, sip } from '../testing/rendered-sep.ts';

/** Elements that the family writes by itself, and those that make a key no line. */
const own = /^(fullConfig|deviceProtocol|loadInformation|.*\/featureID|.*\/@lineIndex)$/;

/** Every element with values that the table allows; of repeated ones the first two. */
const choices = sepTable.parameters.flatMap((parameter) => {
  const isFile = parameter.name === 'sipProfile/dialTemplate';
  const value = isFile ? fc.stringMatching(/^\w[\w.-]{0,20}$/) : valueFor(parameter);
  if (value === undefined || own.test(parameter.name)) return [];
  const [first = 1, last = 1] = parameter.indexes ?? [];
  const names = Array.from({ length: last - first + 1 }, (_, at) =>
    parameter.name.replace(/N(?=[^N]*$)/, parameter.indexes ? `${first + at}` : 'N'),
  );
  return names.flatMap((name) =>
    repeatedIn(name) === undefined
      ? [[name, value] as const]
      : [1, 2].map((index) => [numberedPath(name, index), value] as const),
  );
});

/** There is no second one of them without a first. */
function withFirsts(values: SettingValues): boolean {
  return repeatedPaths.every((path) => {
    const has = (index: number) =>
      Object.keys(values).some((name) => name.startsWith(`${path}[${index}]/`));
    return has(1) || !has(2);
  });
}

test('what is rendered decodes to the same settings', () => {
  assert.ok(choices.length > 250, `${choices.length} elements`);
  fc.assert(
    fc.property(someSettings(choices), ({ values, settings }) => {
      fc.pre(withFirsts(values));
      const rendered = render(settings);
      assert.deepEqual(rendered.findings, []);
      const read = sepOf(rendered);
      for (const [path, value] of Object.entries(values))
        assert.equal(read[path], value, `${path}\n${rendered.files[0]!.content}`);
      const { values: written } = rendered.files[0]!;
      for (const { key, value } of written) assert.equal(read[key], value.trim(), key);
      const said = Object.values(read).filter((value) => value !== '');
      assert.equal(written.length, said.length);
    }),
  );
});

test('any settings give files or findings, and never an error', () => {
  const names = [
    ...choices.map(([name]) => name),
    ...['dial_plan', 'ring_list', 'dial_template', 'sync', 'tftp_cfg_dir', 'line1_name'],
    ...['proxy1_address', 'call_manager1_addr', '__proto__', 'constructor', 'line[0]/name', 'a/b'],
    ...['sipProfile/sipLines/line[99999]/name', 'sipProfile[1]/natEnabled', '[1]'],
  ];
  const entry = fc.tuple(
    fc.oneof(fc.constantFrom(...names), fc.string()),
    fc.string({ unit: 'binary' }),
  );
  const orders = [sip, sccp, { protocol: '', image: '' }, { protocol: 'SIP', image: 'nonsense' }];
  fc.assert(
    fc.property(fc.array(entry), fc.constantFrom(...orders), (entries, order) => {
      void render(fleet(Object.fromEntries(entries)), order);
    }),
  );
});
