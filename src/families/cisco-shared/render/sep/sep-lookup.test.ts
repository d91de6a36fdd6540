import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sipTable } from '../../../cisco-7900/parameters/sip.ts';
import { sepTable } from '../../../cisco-java/parameters/sep.ts';
import { tableLookup } from '../../../shared/render/known-settings.ts';
import { commonWord, commonWords } from './common-words.ts';
import { sepLookup } from './sep-lookup.ts';
import { repeatedPaths } from './sep-paths.ts';

const { lookup } = sepLookup(sepTable);

describe('elements by their path', () => {
  const rows: readonly (readonly [name: string, key: string | undefined, index?: number])[] = [
    ['servicesURL', 'servicesURL'],
    ['SERVICESURL', 'servicesURL'],
    ['sipProfile/sipLines/line[2]/name', 'sipProfile/sipLines/line[2]/name', 2],
    ['sipprofile/siplines/LINE[2]/@Button', 'sipProfile/sipLines/line[2]/@button', 2],
    ['sipProfile/sipLines/line/name', 'sipProfile/sipLines/line/name'],
    ['vpnGroup/addresses/url2', 'vpnGroup/addresses/url2', 2],
    ['sipProfile/sipLines/line[0]/name', undefined],
    ['sipProfile/sipLines/line[1]/line[2]/name', undefined],
    ['sipProfile[1]/natEnabled', undefined],
    ['servicesURL[1]', undefined],
    ['sipProfile/sipLines/line[9999]/name', undefined],
    ['name', undefined],
    ['', undefined],
  ];
  for (const [name, key, index] of rows)
    test(name, () => {
      const found = lookup.find(name);
      assert.deepEqual([found?.key, found?.index], [key, index]);
    });
});

test('the table has what stands several times in a file', () => {
  for (const path of repeatedPaths)
    assert.ok(
      sepTable.parameters.some(({ name }) => name.startsWith(`${path}/`)),
      path,
    );
});

test('every common word is in both tables', () => {
  const words = tableLookup(sipTable).lookup;
  const names = words.keys.map((key) => words.find(key)!);
  const used = new Set<string>();
  for (const { parameter, index } of names) {
    const word = commonWord(parameter.name, index);
    if (!word) continue;
    used.add(parameter.name.replace('proxy1_', 'proxyN_'));
    assert.ok(lookup.find(word.path), `${parameter.name}: ${word.path}`);
  }
  assert.deepEqual(
    commonWords.map(({ word }) => word).filter((word) => !used.has(word)),
    [],
  );
});
