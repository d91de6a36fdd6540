import type { TreeFile } from '../../../../model/lint.ts';
import type { LintedContent } from '../facts.ts';
import { applyRules } from '../../../shared/lint/rule.ts';
import { bootTextOf, bootTextRules } from './boot-text.ts';
import { firmwareFile } from './firmware-file.ts';
import { firmwareRules } from './firmware-rules.ts';
import { imageNameRules, type NamedImage } from './image-names.ts';
import { readLoadName } from './load-name.ts';

/** `.bin`, `.sbn`, `.sb2` and `.loads` */
export function lintFirmware(file: TreeFile, name: string): LintedContent {
  const firmware = firmwareFile(name, file);
  const { loads, body } = firmware;
  const loaderVersion = body?.kind === 'loader' ? body.internalVersion : undefined;
  const { files = [], laVersion } = loads ?? {};
  return {
    findings: applyRules(firmwareRules, file.path, firmware),
    facts: {
      ...(loads && { loads: { files, ...(laVersion !== undefined && { laVersion }) } }),
      ...(loaderVersion !== undefined && { loaderVersion }),
    },
  };
}

/** `OS79XX.TXT` */
export function lintBootText(path: string, text: string): LintedContent {
  const boot = bootTextOf(text);
  const { image, firstLine } = boot;
  const offset = firstLine.indexOf(image);
  const named: NamedImage = {
    name: image,
    load: readLoadName(image),
    ...{ line: 1, column: offset + 1, offset: () => offset, only7900: true },
  };
  return {
    findings: [
      ...applyRules(bootTextRules, path, boot),
      ...applyRules(imageNameRules, path, named),
    ],
    facts: { names: image === '' ? [] : [['image', image, 1, offset + 1]] },
  };
}
