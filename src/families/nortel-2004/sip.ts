import type { FamilySip, RegisterTokens, RegisterTraces } from '../../model/family-sip.ts';
import { parseImageName } from './image-name.ts';
import { sipModel } from './models.ts';

/** A SIP load's version id, wherever it stands. What a 2004 calls itself is not known. */
const versionId = /0692[A-Z][0-9A-Z]{2}(?:[a-z]\d{2})?/;

function traces({ userAgent = '' }: RegisterTokens): RegisterTraces {
  const image = parseImageName(versionId.exec(userAgent)?.[0] ?? '')?.canonical;
  if (image !== undefined) return { model: sipModel, image };
  return /\b2004\b/.test(userAgent) && /nortel/i.test(userAgent) ? { model: sipModel } : {};
}

/** Who uses the phone is said at its login screen: its files have no lines. */
export const sip: FamilySip = { lines: () => [], traces, algorithms: ['MD5'] };
