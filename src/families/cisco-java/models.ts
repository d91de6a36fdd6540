import type { Model } from '../../model/phone.ts';

/** A model and the two numbers in the names of its firmware. */
export type JavaModel = Model & {
  /** Of `SIP41.…`: phones of one hardware run the same load. */
  readonly hardware: string;
  /** Of `term61.default.loads`, which boot code asks for when it has no load. */
  readonly terminal: string;
};

/** `number` is Cisco's device type. Lines: keys that may be lines, without side cars. */
export const models: readonly JavaModel[] = [
  { name: '7906', number: 369, lines: 1, hardware: '11', terminal: '06' },
  { name: '7911', number: 307, lines: 1, hardware: '11', terminal: '11' },
  { name: '7931', number: 348, lines: 24, hardware: '31', terminal: '31' },
  { name: '7941', number: 115, lines: 2, hardware: '41', terminal: '41' },
  { name: '7941G-GE', number: 309, lines: 2, hardware: '41', terminal: '41' },
  { name: '7942', number: 434, lines: 2, hardware: '42', terminal: '42' },
  { name: '7945', number: 435, lines: 2, hardware: '45', terminal: '45' },
  { name: '7961', number: 30018, lines: 6, hardware: '41', terminal: '61' },
  { name: '7961G-GE', number: 308, lines: 6, hardware: '41', terminal: '61' },
  { name: '7962', number: 404, lines: 6, hardware: '42', terminal: '62' },
  { name: '7965', number: 436, lines: 6, hardware: '45', terminal: '65' },
  { name: '7970', number: 30006, lines: 8, hardware: '70', terminal: '70' },
  { name: '7971', number: 119, lines: 8, hardware: '70', terminal: '71' },
  { name: '7975', number: 437, lines: 8, hardware: '75', terminal: '75' },
];

/** Undefined for a model of another family. */
export function javaModel(name: string): JavaModel | undefined {
  return models.find((model) => model.name === name);
}
