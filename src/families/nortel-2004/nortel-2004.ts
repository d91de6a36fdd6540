import type { PhoneFamily } from '../../model/family.ts';
import { bootWatch } from './boot-watch.ts';
import { dhcp } from './dhcp.ts';
import { diagnoses } from './diagnoses/nortel-diagnoses.ts';
import { firmware } from './firmware.ts';
import { formats } from './formats/formats.ts';
import {
  hardwareProblem,
  imageName,
  nortelImage,
  parseImageName,
  sortOfImage,
} from './image-name.ts';
import { importTree } from './import/import-tree.ts';
import { notTaken } from './lint/not-taken.ts';
import { nortelLint } from './lint/nortel-lint.ts';
import { settingsOnly, steadyLoad } from './load-order.ts';
import { models } from './models.ts';
import { namedImages } from './named-images.ts';
import { parameters } from './parameters/nortel-2004-parameters.ts';
import { dataFile, fileName, type FileKind } from './paths.ts';
import { recognise } from './recognise.ts';
import { renderFiles } from './render/render-files.ts';
import { restart } from './restart.ts';
import { withoutSecrets } from './secrets/without-secrets.ts';
import { sip } from './sip.ts';
import { synthesizeImage } from './synthesize.ts';
import { intermediatesFor } from './upgrade-rules.ts';
import { imageFiles, upgradeStep } from './upgrade-step.ts';

const configurationKinds: readonly FileKind[] = ['control', 'data', 'language'];

/** Nortel's IP Phone 2004, with UNIStim and SIP software, and those that speak UNIStim only. */
export const nortel2004: PhoneFamily = {
  id: 'nortel-2004',
  vendor: 'Nortel',
  models,
  // No file of theirs has a MAC in its name: leases, neighbours and sessions say who asks.
  macOf: () => undefined,
  firmware,
  isFirmware: (path) => fileName(path).kind === 'firmware',
  parseImage: parseImageName,
  imageProblem: (image, model) => hardwareProblem(imageName(image), model),
  namedImages,
  notTaken,
  imageFiles,
  step: (from, to) => upgradeStep(nortelImage(from), nortelImage(to)),
  intermediates: (from, to, had) =>
    intermediatesFor(nortelImage(from), nortelImage(to), had.map(nortelImage)),
  sortOf: sortOfImage,
  steadyOrder: steadyLoad,
  settingsOrder: settingsOnly,
  revised: [dataFile],
  render: renderFiles,
  parameters,
  dhcp,
  formats,
  withoutSecrets,
  lint: nortelLint,
  importTree,
  watch: bootWatch,
  diagnoses,
  restart,
  recognise,
  sip,
  isConfiguration: (path) => configurationKinds.includes(fileName(path).kind),
  synthesize: (image) => synthesizeImage(image),
};
