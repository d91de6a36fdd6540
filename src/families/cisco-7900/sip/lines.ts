import type { FamilySip, SipLine } from '../../../model/family-sip.ts';
import { knownSettings, type KnownSetting } from '../../shared/render/known-settings.ts';
import { ciscoTraces } from '../../cisco-shared/sip/register-traces.ts';
import { models } from '../models.ts';
import { allLookups } from '../render/lookups.ts';

/** What is not a server's own name. */
const byCallManager = /^USECALLMANAGER$/i;

/** Lines as the phone registers them: Cisco SIP IP Phone Administrator Guide 4.4, tables 3-3, 3-4. */
export const sip: FamilySip = {
  lines({ model, settings }) {
    const { byKey } = knownSettings(settings, allLookups);
    return Array.from({ length: model.lines }, (_, at) => lineOf(byKey, at + 1)).filter(
      ({ user }) => user !== '',
    );
  },
  traces: (tokens) => ciscoTraces(tokens, models),
  // Challenges with other algorithms came later than the last of its images.
  algorithms: ['MD5'],
};

/** Of what a line has not, it takes that of line 1. */
function lineOf(byKey: ReadonlyMap<string, KnownSetting>, line: number): SipLine {
  const value = (key: string) => byKey.get(key)?.value ?? '';
  const own = (key: string) => value(`line${line}_${key}`) || value(`line1_${key}`);
  const proxy = value(`proxy${line}_address`) || value('proxy1_address');
  return {
    user: value(`line${line}_name`),
    authName: own('authname'),
    password: own('password'),
    server: byCallManager.test(proxy) ? value('call_manager1_addr') : proxy,
  };
}
