import type { Rule } from '../../../shared/lint/rule.ts';
import { type FirmwareFile, isSignedKind } from './firmware-file.ts';

const damaged: Rule<FirmwareFile> = {
  code: 'image-damaged',
  severity: 'error',
  title: 'Firmware file that is cut off or no firmware',
  consequence: 'The phone rejects it and keeps what it runs.',
  cure: 'Copy the file again from the package, in binary mode.',
  check({ damage }, report) {
    if (damage !== undefined) report({ text: damage });
  },
};

const unsigned: Rule<FirmwareFile> = {
  code: 'image-unsigned',
  severity: 'error',
  title: 'Firmware file without signature',
  consequence:
    'Phones on 5.0 or later, and all Java phones, reject it: "Image Authentication Failed".',
  cure: 'Take the file from the package as it is; a .loads file cannot be edited.',
  check({ name, header, damage }, report) {
    if (header || damage !== undefined || !isSignedKind(name)) return;
    report({ text: 'the file has no signed header' });
  },
};

const renamed: Rule<FirmwareFile> = {
  code: 'image-renamed',
  severity: 'error',
  title: 'Firmware file under another name',
  consequence: 'The phone compares the name inside with the one it asked for and rejects the file.',
  cure: 'Give the file its own name back.',
  check({ name, header, body }, report) {
    const inside = insideName(header?.fileName, body?.name, name);
    if (inside !== undefined) report({ text: `the file calls itself ${inside}` });
  },
};

/** The name in the file where it is not the file's. */
function insideName(
  signed: string | undefined,
  image: string | undefined,
  name: string,
): string | undefined {
  const lower = name.toLowerCase();
  if (signed !== undefined && signed !== '' && signed.toLowerCase() !== lower) return signed;
  const stem = lower.replace(/\.\w+$/, '');
  return image !== undefined && image.toLowerCase() !== stem ? image : undefined;
}

const ofLab: Rule<FirmwareFile> = {
  code: 'image-synthetic',
  severity: 'note',
  title: 'Synthetic firmware',
  consequence: 'Virtual phones take it; a real phone rejects it.',
  cure: "Put the vendor's file in its place before a real phone asks for it.",
  check({ header }, report) {
    if (header?.signerName.includes('HookflashLab') === true)
      report({ text: 'signed with the key of the lab' });
  },
};

const emptyLoads: Rule<FirmwareFile> = {
  code: 'loads-empty',
  severity: 'error',
  title: 'Loads file that names no files',
  consequence: 'The phone has nothing to fetch and keeps what it runs.',
  cure: 'Copy the file again from the package.',
  check({ loads }, report) {
    if (loads?.files.length === 0) report({ text: 'the file names no files to fetch' });
  },
};

/** Cisco SIP IP Phone Administrator Guide, `image_version`; upgrade matrix, "Signed and Unsigned Images". */
export const firmwareRules: readonly Rule<FirmwareFile>[] = [
  damaged,
  unsigned,
  renamed,
  ofLab,
  emptyLoads,
];
