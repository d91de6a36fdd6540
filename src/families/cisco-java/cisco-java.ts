import type { PhoneFamily } from '../../model/family.ts';
import { sipTable } from '../cisco-7900/parameters/sip.ts';
import { ciscoLint } from '../cisco-shared/lint/cisco-lint.ts';
import { fileSettingsTable } from '../cisco-shared/render/file-settings.ts';
import { withoutSecrets } from '../cisco-shared/secrets/without-secrets.ts';
import { firmware } from './firmware/firmware.ts';
import { bootWatch, namedLoads } from './boot-watch.ts';
import { dhcp } from './dhcp.ts';
import { diagnoses } from './diagnoses/cisco-java-diagnoses.ts';
import { hardwareProblem, imageName, javaImage, parseImageName } from './image-name.ts';
import { settingsOnly, steadyLoad } from './load-order.ts';
import { importTree } from './import/import-tree.ts';
import { models } from './models.ts';
import { parameters } from './parameters/cisco-java-parameters.ts';
import { configurationKinds, fileName, firmwareKinds, type FileKind } from './paths.ts';
import { recognise } from './recognise.ts';
import { renderFiles } from './render/render-files.ts';
import { rescue, withSigns } from './signs.ts';
import { restart } from './restart.ts';
import { sip } from './sip/lines.ts';
import { synthesizeImage } from './synthesize.ts';
import { intermediatesFor, sortOfImage } from './upgrade-rules.ts';
import { upgradeStep } from './upgrade-step.ts';

const namesLoads: readonly FileKind[] = ['phone', 'default'];

/** Cisco's Java phones: 7906, 7911, 7931, 7941 to 7975, with SIP and SCCP loads. */
export const ciscoJava: PhoneFamily = {
  id: 'cisco-java',
  vendor: 'Cisco',
  models,
  macOf: (path) => fileName(path).mac,
  firmware,
  isFirmware: (path) => firmwareKinds.includes(fileName(path).kind),
  parseImage: parseImageName,
  imageProblem: (image, model) => hardwareProblem(imageName(image), model),
  namedImages: (path, text) => (namesLoads.includes(fileName(path).kind) ? namedLoads(text) : []),
  // Which components belong to it only the loads file says.
  imageFiles: (image) => [`${imageName(image).canonical}.loads`],
  step: (from, to, mode) => upgradeStep(javaImage(from), javaImage(to), mode),
  intermediates: (from, to, had) =>
    intermediatesFor(javaImage(from), javaImage(to), had.map(javaImage)),
  sortOf: (image) => sortOfImage(imageName(image)),
  steadyOrder: steadyLoad,
  settingsOrder: settingsOnly,
  render: renderFiles,
  // Most settings may be called by what they are called on the 7940/7960.
  parameters: [...parameters, sipTable, fileSettingsTable],
  dhcp,
  formats: [],
  withoutSecrets,
  lint: ciscoLint,
  importTree,
  watch: withSigns(bootWatch),
  rescue,
  restart,
  recognise,
  sip,
  isConfiguration: (path) => configurationKinds.includes(fileName(path).kind),
  diagnoses,
  synthesize: (image) => synthesizeImage(imageName(image)),
};
