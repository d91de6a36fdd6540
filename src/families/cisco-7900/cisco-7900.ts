import type { PhoneFamily } from '../../model/family.ts';
import { bootWatch } from './boot-watch.ts';
import { formats } from './formats.ts';
import { imageName, parseImageName } from './image-name.ts';
import { settingsOnly, steadyLoad } from './load-order.ts';
import { models } from './models.ts';
import { fileName, firmwareKinds } from './paths.ts';
import { renderFiles } from './render.ts';
import { sortOfImage } from './sort.ts';
import { synthesizeImage } from './synthesize.ts';
import { imageFiles } from './universal-loader.ts';
import { intermediatesFor, upgradeStep } from './upgrade-step.ts';

/** Cisco IP Phone 7940 and 7960 with SCCP, SIP and MGCP loads. */
export const cisco7900: PhoneFamily = {
  id: 'cisco-7900',
  vendor: 'Cisco',
  models,
  macOf: (path) => fileName(path).mac,
  isFirmware: (path) => firmwareKinds.includes(fileName(path).kind),
  parseImage: parseImageName,
  imageFiles: (image) => imageFiles(imageName(image)),
  step: (from, to) => upgradeStep(imageName(from), imageName(to)),
  intermediates: (from) => intermediatesFor(imageName(from)),
  sortOf: (image) => sortOfImage(imageName(image)),
  steadyOrder: steadyLoad,
  settingsOrder: settingsOnly,
  render: renderFiles,
  formats,
  watch: bootWatch,
  synthesize: (image) => synthesizeImage(imageName(image)),
};
