import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageName } from './image-name.ts';
import { earlySip, original, originalAsking, sortOfImage, universal, type Sort } from './sort.ts';
import { upgradeStep } from './upgrade-step.ts';

/** Upgrade matrix, table 2; SIP Administrator Guide 4.4, table 3-10. */
const sorts: readonly (readonly [string, Sort])[] = [
  ['P0030301MFG2', 'unsigned SCCP'],
  ['P00303030400', 'unsigned SCCP'],
  ['P00305000100', 'signed SCCP'],
  ['P00306000100', 'universal'],
  ['P00308000900', 'universal'],
  ['P0S30100', 'early SIP'],
  ['P0S30201', 'early SIP'],
  ['P0S30202', 'unsigned SIP'],
  ['P0S3-04-4-00', 'unsigned SIP'],
  ['P0S3-05-0-00', 'signed SIP'],
  ['P0S3-06-3-00', 'signed SIP'],
  ['P0S3-07-0-00', 'universal'],
  ['P0S3-08-12-00', 'universal'],
  ['P0M3-04-2-00', 'unsigned MGCP'],
  ['P0M3-06-3-00', 'signed MGCP'],
  ['P0M3-07-0-00', 'universal'],
  ['P003-07-5-00', 'universal'],
];

for (const [image, sort] of sorts)
  test(`${image} is ${sort}`, () => assert.equal(sortOfImage(imageName(image)), sort));

const likenesses = [
  earlySip,
  universal,
  ...(['SCCP', 'SIP', 'MGCP'] as const).flatMap((protocol) => [
    original(protocol),
    originalAsking(protocol, 'bin'),
    originalAsking(protocol, 'sbn'),
  ]),
];

test('a stand-in is of a sort that it stands for, and no image of a package', () => {
  for (const { image, sorts: of } of likenesses) {
    assert.ok(of.includes(sortOfImage(imageName(image))), image);
    assert.match(image, /99$/);
  }
});

test('a phone that asks for .bin may be early SIP, one that asks for .sbn is not', () => {
  assert.deepEqual(original('SIP').sorts, ['early SIP', 'unsigned SIP', 'signed SIP']);
  assert.deepEqual(originalAsking('SIP', 'bin').sorts, ['unsigned SIP', 'early SIP']);
  assert.deepEqual(originalAsking('SIP', 'sbn').sorts, ['signed SIP']);
  assert.deepEqual(originalAsking('MGCP', 'bin').sorts, ['unsigned MGCP']);
});

test('a step from a stand-in is the step from every image that it stands for', () => {
  const real = sorts.filter(([image]) => image !== 'P0030301MFG2' && image !== 'P0S30202');
  const targets = ['P00308000900', 'P0S3-06-3-00', 'P0M3-06-3-00'];
  const outcome = (from: string, to: string) => {
    const step = upgradeStep(imageName(from), imageName(to), 'direct');
    return 'code' in step ? step.code : JSON.stringify([step.order, step.firmware, step.absent]);
  };
  for (const { image, sorts: of } of likenesses) {
    const own = sortOfImage(imageName(image));
    if (of.length > 1 && own !== of[0]) continue;
    for (const [other] of real.filter(([, sort]) => sort === own && own !== 'universal'))
      for (const to of targets)
        if (other !== to) assert.equal(outcome(other, to), outcome(image, to), `${other} to ${to}`);
  }
});
