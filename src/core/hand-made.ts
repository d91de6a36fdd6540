import type { PhoneFamily } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { TextFile } from '../model/plan.ts';
import { sameImage } from './same-image.ts';
import { plainPath, samePath, type Found } from './view.ts';

export const handMadeCode = 'hand-made-file';

type Step = {
  /** What the phone would find. */
  readonly files: readonly TextFile[];
  /** What it must not find. */
  readonly absent: readonly string[];
};

/** A hand-made file that keeps a phone from its step; undefined for one that does not. */
export function handMadeInTheWay(
  family: Pick<PhoneFamily, 'namedImages' | 'parseImage'>,
  path: string,
  found: Pick<Found, 'source' | 'bytes'> | undefined,
  { files, absent }: Step,
): Finding | undefined {
  if (found?.source !== 'hand-made') return undefined;
  const isFile = (other: string) => samePath(other) === samePath(path);
  if (absent.some(isFile)) return inTheWay(path, 'its step wants it missing');
  const generated = files.find((file) => isFile(file.path));
  const named = (text: string) => family.namedImages?.(path, text) ?? [];
  const wanted = generated ? named(generated.content) : [];
  const own = named(Buffer.from(found.bytes).toString('utf8'));
  const lacks = wanted.filter((image) => !own.some((each) => sameImage(family, each, image)));
  if (lacks.length === 0) return undefined;
  const says = own.length === 0 ? 'no image' : own.join(', ');
  return inTheWay(path, `it names ${says}, where its step names ${lacks.join(', ')}`);
}

function inTheWay(path: string, why: string): Finding {
  return {
    code: 'hand-made-file',
    severity: 'error',
    text: `files/${plainPath(path)} was made by hand, and ${why}`,
    consequence: 'hand-made files win: it follows that file and not its plan',
    cure: `remove files/${plainPath(path)} till it runs what it should; then switch the phone off and on`,
  };
}
