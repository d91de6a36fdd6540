import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planSteps } from '../src/core/plan.ts';
import { nortel2004 } from '../src/families/nortel-2004/nortel-2004.ts';
import {
  nortelFirmwareOf,
  nortelSite,
  sipImages,
  transitional,
  unistimImages,
} from './nortel-site.ts';

/** NN42020-202: from what to what there is a way, and which; typed from sections 3, 5 and 6. */

const images = [...unistimImages, transitional, ...sipImages];
const pairs = images.flatMap((from) =>
  images.flatMap((to) => (from === to ? [] : [[from, to] as const])),
);
const library = nortelFirmwareOf(images);
const mostBoots = 4;

type Kind = 'unistim' | 'transitional' | 'sip';

function kindOf(image: string): Kind {
  if (image.startsWith('CT12')) return 'transitional';
  return image.startsWith('0692') ? 'sip' : 'unistim';
}

/** The hops as `IMAGE by PROTOCOL MODE`; a single word is the code of the rule against it. */
function expected(from: string, to: string): readonly string[] | string {
  const raised = to > from ? 'AUTO' : 'FORCED';
  switch (`${kindOf(from)} ${kindOf(to)}`) {
    case 'unistim unistim':
    case 'transitional unistim':
    case 'transitional sip':
      return [`${to} by uftp AUTO`];
    case 'unistim sip':
      return [`${transitional} by uftp AUTO`, `${to} by uftp AUTO`];
    case 'sip sip':
      return [`${to} by tftp ${raised}`];
    case 'sip unistim':
      return [`${to} by tftp FORCED`];
    case 'unistim transitional':
      return 'transitional-is-no-goal';
    default:
      return 'transitional-by-ipcm';
  }
}

/** Files in which the images lie; the suffix of a version id is not in the name. */
const hopsAsFiles = (hops: readonly string[]) =>
  hops.map((hop) => hop.replace(/^(\w{7})\w* by (\w+) .*/, '$1.bin by $2'));

test(`plans of ${pairs.length} pairs`, () => {
  for (const [from, to] of pairs) {
    const plan = planSteps(nortel2004, from, to);
    const hops = plan.possible
      ? plan.steps.map(({ image, order }) => `${image} by ${order['via']} ${order['mode']}`)
      : plan.reason.code;
    assert.deepEqual(hops, expected(from, to), `${from} to ${to}`);
  }
});

async function carried(from: string, to: string) {
  const site = await nortelSite({ from, to, library });
  for (let boot = 1; ; boot++) {
    const end = await site.boot();
    const { progress, running, findings } = await site.state();
    const isThere = end.state === 'idle' && end.image === to && progress?.state === 'done';
    const isOver = isThere || progress?.state === 'stopped' || boot === mostBoots;
    if (isOver) return { site, end, progress, running, findings };
    // Section 6: the phone has 5060 and 7 left, and is given 5000 and 1.
    site.hasDhcp = kindOf(from) === 'sip' && kindOf(to) === 'unistim';
  }
}

const firmwareIn = (left: readonly string[]) => left.filter((file) => /\.bin by/.test(file));

describe('a virtual phone is carried through every plan, hop by hop', () => {
  for (const from of images)
    test(`from ${from}`, async () => {
      for (const [, to] of pairs.filter(([one]) => one === from)) {
        const hops = expected(from, to);
        const { site, end, progress, running, findings } = await carried(from, to);
        const told = `${from} to ${to}: ${end.state}, ${end.display}; ${progress?.reason}`;
        const isWay = typeof hops !== 'string';
        assert.deepEqual(firmwareIn(site.left), isWay ? hopsAsFiles(hops) : [], told);
        assert.deepEqual(
          [end.image, progress?.state, end.state],
          [isWay ? to : from, isWay ? 'done' : 'stopped', 'idle'],
          told,
        );
        if (isWay) assert.equal(running, to, told);
        else
          assert.ok(
            findings.some(({ text }) => text.includes(to)),
            told,
          );
        if (isWay)
          assert.deepEqual(
            findings.map(({ code }) => code),
            [],
            told,
          );
      }
    });
});

test('images that no 2004 runs, and phones that no SIP image is for, are refused by name', () => {
  const refusals = [
    ['0604D98', '0621C3A', 'image-of-other-hardware'],
    ['0692D93c08', '0625C8A', 'image-of-other-hardware'],
    ['0621C3A', '0692D93c08', 'no-sip-load'],
    ['0621C3A', transitional, 'no-sip-load'],
  ] as const;
  for (const [from, to, code] of refusals) {
    const plan = planSteps(nortel2004, from, to);
    assert.equal(plan.possible ? 'a way' : plan.reason.code, code, `${from} to ${to}`);
  }
  for (const model of nortel2004.models.filter(({ name }) => name !== '2004'))
    for (const to of [...sipImages, transitional]) {
      const problem = nortel2004.imageProblem?.(to, model);
      assert.equal(problem?.code, 'no-sip-load', `${model.name} to ${to}`);
    }
});
