import type { DhcpSpeech } from '../dhcp/dhcp-speech.ts';
import type { Mac } from '../../wire/mac.ts';
import type { Flash } from './flash.ts';

/** DISCOVER of a CP-7911G (flan/staticdhcpd, its tracker on GitHub): that these do as it is assumed. */
const asksFor = [1, 66, 6, 3, 15, 150, 35] as const;
const messageLength = 548;

/** RFC 2131 section 4.1; how these phones wait is not known. */
const waits = [4_000, 8_000, 16_000] as const;
const rounds = 3;

/**
 * Without the universal loader the phone names no model, and looks its server up where DHCP names
 * none: voip-info.org, "Cisco 7940 7960 Single Step Upgrade"; trace in the Fluke NetTool manual.
 */
export function dhcpSpeech(mac: Mac, model: '7940' | '7960', { loader }: Flash): DhcpSpeech {
  const common = { hostName: `SEP${mac}`, asksFor, messageLength, waits, rounds };
  const vendor = 'Cisco Systems, Inc. IP Phone';
  const sources = ['option-150', 'option-66', 'siaddr'] as const;
  if (loader !== undefined)
    return { ...common, vendorClass: `${vendor} CP-${model}G`, tftpFrom: sources };
  const named = { tftpFrom: [...sources, 'name'], tftpName: 'CiscoCM1' } as const;
  return { ...common, vendorClass: vendor, ...named };
}
