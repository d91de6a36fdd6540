import type { BootFact } from '../../../model/family.ts';
import { fileName } from '../paths.ts';
import { findingsAgainstPhone } from './against-phone.ts';

const codes = ['version-not-above-phone', 'version-case'];

/** What of a `2004tftp.cfg` that was made by hand says nothing to a phone that runs an image. */
export function notTaken(path: string, text: string, running: string): readonly BootFact[] {
  if (fileName(path).kind !== 'control') return [];
  const because = `it runs ${running}`;
  const findings = findingsAgainstPhone(path, text, { image: running });
  const over = codes.filter((code) => !findings.some((finding) => finding.code === code));
  return [
    { kind: 'mended', codes: over, because },
    ...findings.map((finding): BootFact => ({ kind: 'finding', finding, because })),
  ];
}
