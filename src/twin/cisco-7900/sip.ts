import type { Mac } from '../../wire/mac.ts';
import { latin1 } from '../../wire/reader.ts';
import { instanceOf } from '../cisco-shared/sip-instance.ts';
import type { SipFamily } from '../sip/sip-family.ts';
import type { SipWords } from '../sip/sip-words.ts';
import { syncDecision, type SyncDecision } from '../sip/sync-decision.ts';
import { phoneImage } from './image-name.ts';
import type { Phone } from './phone.ts';
import { sipSettings } from './sip-settings.ts';
import { durations, idleBeforeSync, quickRetransmission } from './timing.ts';

/** The default of `sync`: Cisco SIP IP Phone Administrator Guide 4.4, "Remote Reboot". */
const usualSync = '1';

/** What the SIP image in flash makes of SIP; undefined where the phone runs another one. */
export function sipFamily(phone: Phone): SipFamily | undefined {
  const { application, settings } = phone.flash();
  const image = phoneImage(application?.name ?? '');
  if (image?.protocol !== 'SIP') return undefined;
  const model = phone.modelNumber === 7 ? '7960' : '7940';
  return {
    image: image.name,
    words: wordsOf(phone.mac, model, image.major, phone.modelNumber),
    settings: sipSettings(settings, model),
    checkSync: { idleMs: idleBeforeSync.ms, decide: () => decide(phone, image.name) },
    saysGoodbye: false,
    resetMs: durations.resetToFirstRequest.ms,
  };
}

/**
 * Of 8.12: Linux kernel list, 2020-12-24, Teo En Ming. Of 7.x: REGISTERs of 2005 and 2006 in the tests
 * of other programs, `CSCO/7`; that releases before are alike is our assumption.
 */
function wordsOf(mac: Mac, model: string, major: number, modelNumber: number): SipWords {
  const common = { registerHeaders: () => [], extensions: [], sessionUser: 'Cisco-SIPUA' };
  if (major < 8) return { ...common, userAgent: `CSCO/${major}`, contactUri: '', contact: '' };
  return {
    ...common,
    userAgent: `Cisco-CP${model}G/8.0`,
    contactUri: ';user=phone;transport=udp',
    contact: instanceOf(mac, modelNumber),
  };
}

async function decide(phone: Phone, image: string): Promise<SyncDecision> {
  const path = 'syncinfo.xml';
  const result = await phone.enter('application', quickRetransmission).read(path);
  if (result.kind !== 'file') return { restarts: false, because: `${path} does not come` };
  const sync = phone.flash().settings.sync ?? usualSync;
  return syncDecision(latin1(result.bytes), image, sync);
}
