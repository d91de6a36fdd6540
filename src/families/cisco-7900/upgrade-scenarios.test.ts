import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { imageName } from './image-name.ts';
import { scenarioFor, scenarios, type Procedure } from './upgrade-scenarios.ts';

/**
 * Cisco 7960/7940 firmware upgrade matrix, table 3, row by row as it stands there: from, to,
 * procedure, and an image for each end of each range.
 */
type Row = readonly [
  from: string,
  to: string,
  procedure: Procedure,
  fromImages: readonly string[],
  toImages: readonly string[],
];

const sccp = ['P00303000100', 'P00305000100', 'P00306000100', 'P00308000900'] as const;
const [sccp3, sccp5, sccp6, sccp8] = sccp;
const either6 = ['P0S30100', 'P0S3-06-3-00', 'P0M3-03-0-00', 'P0M3-06-3-00'];
const either56 = ['P0S3-05-0-00', 'P0S3-06-3-00', 'P0M3-05-0-00', 'P0M3-06-3-00'];
const either7 = ['P0S3-07-0-00', 'P0S3-08-12-00', 'P0M3-07-0-00', 'P0M3-07-5-00'];
const sip4 = ['P0S30100', 'P0S3-03-0-00', 'P0S3-04-4-00'];
const sip56 = ['P0S3-05-0-00', 'P0S3-06-0-00', 'P0S3-06-3-00'];
const sip7 = ['P0S3-07-0-00', 'P0S3-08-12-00'];
const mgcp4 = ['P0M3-03-0-00', 'P0M3-04-4-00'];
const mgcp56 = ['P0M3-05-0-00', 'P0M3-06-3-00'];
const mgcp7 = ['P0M3-07-0-00', 'P0M3-07-5-00'];
const factory = ['P0030301MFG2', 'P0030301MFGX'];
const old = ['P0030100', sccp3, 'P00303030400'];

const rows: readonly Row[] = [
  ['manufacturing', 'any SCCP', 'A', factory, sccp],
  ['manufacturing', 'SIP or MGCP 6.x or earlier', 'B', factory, either6],
  ['manufacturing', 'SIP or MGCP 7.x or later', 'C', factory, either7],
  ['SCCP 3.x or earlier', 'any SCCP', 'A', old, sccp],
  ['SCCP 3.x or earlier', 'SIP or MGCP 6.x or earlier', 'B', old, either6],
  ['SCCP 3.x or earlier', 'SIP or MGCP 7.x or later', 'C', old, either7],
  ['SCCP 5.x', 'SCCP 5.x or later', 'A', [sccp5], [sccp5, sccp6, sccp8]],
  ['SCCP 5.x', 'SIP or MGCP 5.x or 6.x', 'B', [sccp5], either56],
  ['SCCP 5.x', 'SIP or MGCP 7.x or later', 'C', [sccp5], either7],
  ['SCCP 6.x or later', 'SCCP 5.x or later', 'A', [sccp6, sccp8], [sccp5, sccp6, sccp8]],
  ['SCCP 6.x or later', 'SIP or MGCP 5.x or 6.x', 'C', [sccp6, sccp8], either56],
  ['SCCP 6.x or later', 'SIP or MGCP 7.x or later', 'C', [sccp6, sccp8], either7],
  ['SIP 4.x or earlier', 'SCCP 5.x or earlier', 'B', sip4, [sccp3, sccp5]],
  ['SIP 4.x or earlier', 'SCCP 6.x or later', 'F', sip4, [sccp6, sccp8]],
  ['SIP 4.x or earlier', 'SIP or MGCP 6.x or earlier', 'B', sip4, either6],
  ['SIP 4.x or earlier', 'SIP or MGCP 7.x or later', 'F', sip4, either7],
  ['SIP 5.x and 6.x', 'SCCP 5.x or later', 'D', sip56, [sccp5, sccp6, sccp8]],
  ['SIP 5.x and 6.x', 'SIP or MGCP 6.x or earlier', 'B', sip56, either56],
  ['SIP 5.x and 6.x', 'SIP or MGCP 7.x or later', 'D', sip56, either7],
  ['SIP 7.x or later', 'SCCP 5.x or later', 'E', sip7, [sccp5, sccp6, sccp8]],
  ['SIP 7.x or later', 'SIP or MGCP 7.x or later', 'E', sip7, either7],
  ['MGCP 4.x or earlier', 'SCCP 5.x or earlier', 'B', mgcp4, [sccp3, sccp5]],
  ['MGCP 4.x or earlier', 'SCCP 6.x or later', 'F', mgcp4, [sccp6, sccp8]],
  ['MGCP 4.x or earlier', 'SIP or MGCP 6.x or earlier', 'B', mgcp4, either6],
  ['MGCP 4.x or earlier', 'SIP or MGCP 7.x or later', 'F', mgcp4, either7],
  ['MGCP 5.x and 6.x', 'SCCP 5.x or later', 'D', mgcp56, [sccp5, sccp6, sccp8]],
  ['MGCP 5.x and 6.x', 'SIP or MGCP 6.x or earlier', 'B', mgcp56, either56],
  ['MGCP 5.x and 6.x', 'SIP or MGCP 7.x or later', 'F', mgcp56, either7],
  ['MGCP 7.x or later', 'SCCP 5.x or later', 'E', mgcp7, [sccp5, sccp6, sccp8]],
  ['MGCP 7.x or later', 'SIP or MGCP 5.x or later', 'E', mgcp7, [...either56, ...either7]],
];

test('table 3 has thirty rows', () => assert.equal(rows.length, 30));

/** Note 2 of the table takes the place of its row: first 6.3, then 7.x. */
const byNote2 = ['SIP 5.x and 6.x', 'SIP or MGCP 7.x or later'];

describe('each row of table 3', () => {
  for (const [from, to, procedure, fromImages, toImages] of rows)
    test(`${from} to ${to}: procedure ${procedure}`, () => {
      const noted = from === byNote2[0] && to === byNote2[1];
      for (const fromImage of fromImages)
        for (const toImage of toImages) {
          const row = scenarioFor(imageName(fromImage), imageName(toImage));
          assert.equal(row?.procedure, noted ? 'F' : procedure, `${fromImage} to ${toImage}`);
          assert.equal(row.deviation !== undefined, noted);
        }
    });
});

test('what departs from the table says so', () => {
  const deviations = scenarios.flatMap(({ deviation }) => deviation ?? []);
  assert.equal(deviations.length, 2);
  const back = scenarioFor(imageName('P0S3-07-5-00'), imageName('P0S3-06-3-00'));
  assert.match(back?.deviation ?? '', /table 2/);
});

test('every row of ours is reached by some row of the table, or is a deviation', () => {
  const reached = new Set(
    rows.flatMap(([, , , fromImages, toImages]) =>
      fromImages.flatMap((from) =>
        toImages.map((to) => scenarioFor(imageName(from), imageName(to))),
      ),
    ),
  );
  for (const scenario of scenarios)
    assert.ok(
      reached.has(scenario) || scenario.deviation !== undefined,
      `${JSON.stringify(scenario)} is of no row`,
    );
});

test('no row is for an image from after 5.0 to one from before it', () => {
  for (const from of [sccp5, 'P0S3-05-0-00', 'P0S3-07-5-00', 'P0M3-07-5-00'])
    for (const to of [sccp3, 'P0030301MFG2'])
      assert.equal(scenarioFor(imageName(from), imageName(to)), undefined, `${from} to ${to}`);
});
