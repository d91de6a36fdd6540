import type { DownloadSection } from '../../../codec/config/section-file.ts';
import { decodeSectionFile, downloadSections } from '../../../codec/config/section-file.ts';
import { compareVersionIds, differOnlyInCase } from '../../../codec/text/nortel-image-name.ts';
import type { BootFact } from '../../../model/family.ts';
import type { Finding } from '../../../model/finding.ts';
import { fileName } from '../paths.ts';

const codes = ['version-not-above-phone', 'version-case'];

/**
 * What of a `2004tftp.cfg` that was made by hand says nothing to a phone that runs an image:
 * NN42020-202, section 3. The same image again is what is wanted.
 */
export function notTaken(path: string, text: string, running: string): readonly BootFact[] {
  if (fileName(path).kind !== 'control') return [];
  const because = `it runs ${running}`;
  const firmware = downloadSections(decodeSectionFile(text)).find(
    ({ name, mode, files }) => name === 'FW' && mode === 'AUTO' && files.length > 0,
  );
  const finding = firmware && firmwareFinding(path, firmware, running);
  const mended: BootFact = {
    kind: 'mended',
    codes: codes.filter((code) => code !== finding?.code),
    because,
  };
  return finding ? [mended, { kind: 'finding', finding, because }] : [mended];
}

function firmwareFinding(
  path: string,
  { version, line }: DownloadSection,
  running: string,
): Finding | undefined {
  const place = { file: path, line };
  if (differOnlyInCase(version, running))
    return {
      code: 'version-case',
      severity: 'warning',
      text: `VERSION ${version} and the phone's ${running} differ in letter case only`,
      place,
      consequence: 'Nobody says whether the phone takes the one for greater than the other.',
      cure: 'Write VERSION as Nortel gives it with the image.',
    };
  if (compareVersionIds(version, running) >= 0) return undefined;
  return {
    code: 'version-not-above-phone',
    severity: 'warning',
    text: `VERSION of [FW] is ${version}, and the phone has ${running}`,
    place,
    consequence: 'With AUTO the phone fetches nothing: the VERSION must be greater than its own.',
    cure: 'Raise VERSION above what the phone has; for older firmware write FORCED until it has it.',
  };
}
