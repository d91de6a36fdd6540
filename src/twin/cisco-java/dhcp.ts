import type { Mac } from '../../wire/mac.ts';
import { dhcpWords, vendorClass } from '../cisco-shared/dhcp-words.ts';
import type { DhcpSpeech } from '../dhcp/dhcp-speech.ts';
import type { JavaModel } from './models.ts';
import { durations } from './timing.ts';

/** Three DISCOVERs; what a phone with a load waits between them is assumed to be the same. */
const waits = [durations.discover.ms, durations.discover.ms, durations.discover.ms] as const;
const rounds = 1;

/** Boot code says the same as a load: our assumption. */
export function dhcpSpeech(mac: Mac, model: JavaModel): DhcpSpeech {
  return {
    ...dhcpWords(mac),
    vendorClass: `${vendorClass} CP-${nameInClass(model.name)}`,
    waits,
    rounds,
  };
}

/** `7941G-GE` stands as it is; the 7971 was sold with gigabit Ethernet alone. */
function nameInClass(model: string): string {
  if (model === '7971') return '7971G-GE';
  return /\d$/.test(model) ? `${model}G` : model;
}
