import type { Model } from '../../model/phone.ts';

/** A model and what it says of itself to a UNIStim server. */
export type NortelModel = Model & {
  /** UNIStim's IT type, where it is known. */
  readonly itType?: number;
};

/** The 2004 of phase 2 alone has a SIP load; the others speak UNIStim. NN42020-202, abstract. */
export const models: readonly NortelModel[] = [
  { name: '2004', lines: 6, itType: 0x02 },
  { name: '2001', lines: 1 },
  { name: '2002', lines: 4, itType: 0x03 },
  { name: '2007', lines: 12 },
];

/** The model that may have SIP software. */
export const sipModel = '2004';

export function modelOfItType(itType: number): NortelModel | undefined {
  return models.find((model) => model.itType === itType);
}
