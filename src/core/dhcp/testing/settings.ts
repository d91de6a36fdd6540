import type { DhcpSettings } from '../../../model/dhcp-settings.ts';
import { loadConfig } from '../../../config.ts';

/** What the section `dhcp:` of a workspace file says; `text` is indented by two. */
export function settingsOf(text: string): DhcpSettings {
  const { dhcp } = loadConfig(`dhcp:\n${text}`, 'hookflash.yaml');
  if (!dhcp) throw new Error('no section dhcp');
  return dhcp;
}
