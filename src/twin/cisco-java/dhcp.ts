import type { DhcpSpeech } from '../dhcp/dhcp-speech.ts';
import type { Mac } from '../../wire/mac.ts';
import type { JavaModel } from './models.ts';
import { durations } from './timing.ts';

/** DISCOVER of a CP-7911G: flan/staticdhcpd, its tracker on GitHub. */
const asksFor = [1, 66, 6, 3, 15, 150, 35] as const;
const messageLength = 548;

/** Three DISCOVERs; what a phone with a load waits between them is assumed to be the same. */
const waits = [durations.discover.ms, durations.discover.ms, durations.discover.ms] as const;
const rounds = 1;

/** Boot code says the same as a load: our assumption. */
export function dhcpSpeech(mac: Mac, model: JavaModel): DhcpSpeech {
  return {
    vendorClass: `Cisco Systems, Inc. IP Phone CP-${nameInClass(model.name)}`,
    hostName: `SEP${mac}`,
    asksFor,
    tftpFrom: ['option-150', 'option-66', 'siaddr'],
    messageLength,
    waits,
    rounds,
  };
}

/** `7941G-GE` stands as it is; the 7971 was sold with gigabit Ethernet alone. */
function nameInClass(model: string): string {
  if (model === '7971') return '7971G-GE';
  return /\d$/.test(model) ? `${model}G` : model;
}
