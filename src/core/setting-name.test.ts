import assert from 'node:assert/strict';
import { test } from 'node:test';
import { families } from '../families/index.ts';
import { settingName } from './setting-name.ts';

for (const [name, known] of [
  ['PROXY1_Address', 'proxy1_address'],
  ['domain_name', 'Domain_Name'],
  ['sipprofile/siplines/LINE[12]/authname', 'sipProfile/sipLines/line[12]/authName'],
  ['devicepool/callmanagergroup/members/member[2]/@PRIORITY', undefined],
  ['odd[1]', 'odd[1]'],
  ['', ''],
] as const)
  test(`${name} is ${known ?? 'in the tables'}`, () => {
    const found = families.map(({ parameters }) => settingName(parameters, name));
    const path = 'devicePool/callManagerGroup/members/member[2]/@priority';
    assert.ok(found.includes(known ?? path), found.join());
  });
