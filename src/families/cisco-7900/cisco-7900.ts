import type { PhoneFamily } from '../../model/family.ts';
import { ciscoLint } from '../cisco-shared/lint/cisco-lint.ts';
import { cisco7900Time } from '../cisco-shared/time/cisco-7900-time.ts';
import { sepTable } from '../cisco-java/parameters/sep.ts';
import { fileSettingsTable } from '../cisco-shared/render/file-settings.ts';
import { formats } from '../cisco-shared/formats.ts';
import { withoutSecrets } from '../cisco-shared/secrets/without-secrets.ts';
import { firmware } from './firmware/firmware.ts';
import { bootWatch } from './boot-watch.ts';
import { dhcp } from './dhcp.ts';
import { diagnoses } from './diagnoses/cisco-7900-diagnoses.ts';
import { imageName, parseImageName } from './image-name.ts';
import { settingsOnly, steadyLoad } from './load-order.ts';
import { importTree } from './import/import-tree.ts';
import { models } from './models.ts';
import { namedImages } from './named-images.ts';
import { parameters } from './parameters/cisco-7900-parameters.ts';
import { configurationKinds, fileName, firmwareKinds } from './paths.ts';
import { recognise } from './recognise.ts';
import { renderFiles } from './render/render-files.ts';
import { rescue } from './rescue.ts';
import { restart } from './restart.ts';
import { sortOfImage } from './sort.ts';
import { sip } from './sip/lines.ts';
import { synthesizeImage } from './synthesize.ts';
import { imageFiles } from './universal-loader.ts';
import { intermediatesFor } from './upgrade-rules.ts';
import { upgradeStep } from './upgrade-step.ts';

/** Cisco IP Phone 7940 and 7960 with SCCP, SIP and MGCP loads. */
export const cisco7900: PhoneFamily = {
  id: 'cisco-7900',
  vendor: 'Cisco',
  models,
  macOf: (path) => fileName(path).mac,
  firmware,
  isFirmware: (path) => firmwareKinds.includes(fileName(path).kind),
  parseImage: parseImageName,
  namedImages: (path, text) => namedImages(fileName(path).kind, text),
  imageFiles: (image) => imageFiles(imageName(image)),
  step: upgradeStep,
  intermediates: (from, _to, had) => intermediatesFor(from, had),
  sortOf: (image) => sortOfImage(imageName(image)),
  steadyOrder: steadyLoad,
  settingsOrder: settingsOnly,
  render: renderFiles,
  // SCCP reads elements of the same files as the Java phones.
  parameters: [...parameters, sepTable, fileSettingsTable],
  time: cisco7900Time,
  dhcp,
  formats,
  withoutSecrets,
  lint: ciscoLint,
  importTree,
  watch: bootWatch,
  rescue,
  restart,
  recognise,
  sip,
  isConfiguration: (path) => configurationKinds.includes(fileName(path).kind),
  diagnoses,
  synthesize: (image) => synthesizeImage(imageName(image)),
};
