import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explainKept } from '../src/core/explain/explain-kept.ts';
import { families } from '../src/families/index.ts';
import { commonDiagnoses } from '../src/families/shared/diagnoses/common-diagnoses.ts';
import { faultySite, type FaultySite } from './faulty-site.ts';
import { sip812, text, up } from './fault-row.ts';
import { mac } from './virtual-site.ts';

/** Phones that our own server serves, explained by what it keeps of them. */
type StoreRow = {
  readonly name: string;
  readonly first: string;
  readonly boots?: number;
  fault(site: FaultySite): void;
};

const rows: readonly StoreRow[] = [
  { name: 'an upgrade that goes well', first: 'healthy', fault: () => undefined },
  {
    name: 'the application is missing',
    first: 'firmware-missing',
    fault: ({ library }) => void library.delete(`${sip812}.sb2`),
  },
  {
    name: 'the loads file is missing',
    first: 'firmware-missing',
    fault: ({ library }) => void library.delete(`${sip812}.loads`),
  },
  {
    name: 'the old application comes back',
    first: 'image-taken-away',
    boots: 1,
    fault: (site) => void (site.faults = ['boots-old-application']),
  },
  {
    name: 'an empty SEP file in files/',
    first: 'sep-file-empty',
    boots: 2,
    fault: ({ handMade }) => void handMade.set(`SEP${mac}.cnf.xml`, text('')),
  },
];

describe('what the server keeps of a phone tells what is wrong', () => {
  for (const { name, first, boots = 3, fault } of rows)
    test(`${name}: ${first}`, async () => {
      const site = await faultySite(up);
      fault(site);
      for (let boot = 0; boot < boots; boot++) await site.boot();
      const options = { families, common: commonDiagnoses, boots: 10 };
      const phones = (await explainKept(site.store, mac, options))?.phones ?? [];
      const told = phones[0]?.diagnoses.map((each) => `${each.code}: ${each.text}`).join('\n');
      assert.equal(phones.length, 1);
      assert.equal(phones[0]?.diagnoses[0]?.code, first, told);
    });
});
