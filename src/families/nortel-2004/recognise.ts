import type { Recognised, Traces } from '../../model/family.ts';
import { sipModel } from './models.ts';
import { fileName } from './paths.ts';

/** What its DHCP class begins with, of UNIStim and of SIP software. IP Phones Fundamentals. */
const vendorClass = /^Nortel-(?:i2004|SIP-Phone)-[AB]$/;

/** A 2004 by its control file, which no other phone asks for, or by its DHCP class. */
export function recognise({ paths, vendorClasses }: Traces): Recognised | undefined {
  const asked = paths.find((path) => fileName(path).kind === 'control');
  if (asked !== undefined) return { score: 95, model: sipModel, because: `asks for ${asked}` };
  const data = paths.find((path) => fileName(path).kind === 'data');
  if (data !== undefined) return { score: 90, model: sipModel, because: `asks for ${data}` };
  const named = vendorClasses.find((each) => vendorClass.test(each));
  if (named !== undefined) return { score: 80, because: `option 60 "${named}"` };
  const image = paths.find((path) => fileName(path).image !== undefined);
  return image === undefined ? undefined : { score: 70, because: `asks for ${image}` };
}
