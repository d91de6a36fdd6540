import type { FamilySip, RegisterTokens, RegisterTraces } from '../../model/family-sip.ts';
import { knownSettings } from '../shared/render/known-settings.ts';
import { login } from './render/lookups.ts';
import { parseImageName } from './image-name.ts';
import { sipModel } from './models.ts';

/** A SIP load's version id, wherever it stands. What a 2004 calls itself is not known. */
const versionId = /0692[A-Z][0-9A-Z]{2}(?:[a-z]\d{2})?/;

function traces({ userAgent = '' }: RegisterTokens): RegisterTraces {
  const image = parseImageName(versionId.exec(userAgent)?.[0] ?? '')?.canonical;
  if (image !== undefined) return { model: sipModel, image };
  return /\b2004\b/.test(userAgent) && /nortel/i.test(userAgent) ? { model: sipModel } : {};
}

/** Who uses the phone is said at its login screen: its files have no lines, its settings one. */
export const sip: FamilySip = {
  lines({ settings }) {
    const { byKey } = knownSettings(settings, [login]);
    const user = byKey.get('LOGIN_USER')?.value ?? '';
    const password = byKey.get('LOGIN_PASSWORD')?.value ?? '';
    return user === '' ? [] : [{ user, authName: user, password, server: '' }];
  },
  traces,
  usersLogIn: true,
  algorithms: ['MD5'],
};
