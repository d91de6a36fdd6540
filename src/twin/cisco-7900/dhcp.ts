import type { Mac } from '../../wire/mac.ts';
import { dhcpWords, vendorClass } from '../cisco-shared/dhcp-words.ts';
import type { DhcpSpeech } from '../dhcp/dhcp-speech.ts';
import type { Flash } from './flash.ts';

/** RFC 2131 section 4.1; how these phones wait is not known. */
const waits = [4_000, 8_000, 16_000] as const;
const rounds = 3;

/**
 * Without the universal loader the phone names no model, and looks its server up where DHCP names
 * none: voip-info.org, "Cisco 7940 7960 Single Step Upgrade"; trace in the Fluke NetTool manual.
 */
export function dhcpSpeech(mac: Mac, model: '7940' | '7960', { loader }: Flash): DhcpSpeech {
  const common = { ...dhcpWords(mac), waits, rounds };
  if (loader !== undefined) return { ...common, vendorClass: `${vendorClass} CP-${model}G` };
  const named = { tftpFrom: [...common.tftpFrom, 'name'], tftpName: 'CiscoCM1' } as const;
  return { ...common, vendorClass, ...named };
}
