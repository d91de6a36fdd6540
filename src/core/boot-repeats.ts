import type { BootEvent } from '../model/boot.ts';
import { looksForAddress } from './address-search.ts';

/** What phones do again and again while they run, which is kept once for each boot. */
export type BootRepeats = {
  /** Whether the same was kept of this boot before. */
  isRepeat(bootId: number, event: BootEvent): boolean;
  /** What was to be kept of it was not. */
  forget(bootId: number): void;
};

/** Different things that a boot repeats; of more than these only the newest are known. */
const mostOfBoot = 32;

/** Knows `most` boots, those that something was last seen of. */
export function createBootRepeats(most: number): BootRepeats {
  const kept = new Map<number, Set<string>>();

  function saidIn(bootId: number): Set<string> {
    const said = kept.get(bootId) ?? new Set();
    kept.delete(bootId);
    kept.set(bootId, said);
    dropOldest(kept, most);
    return said;
  }

  return {
    isRepeat(bootId, event) {
      // A phone that starts over says all of it anew.
      if (looksForAddress(event)) kept.delete(bootId);
      const words = routineWords(event);
      if (words === undefined) return false;
      const said = saidIn(bootId);
      if (said.has(words)) return true;
      said.add(words);
      dropOldest(said, mostOfBoot);
      return false;
    },
    forget: (bootId) => void kept.delete(bootId),
  };
}

/** Renewals of a lease and requests for the time, with their answers. RFC 2131 section 4.4.5. */
function routineWords({ happening, address: own }: BootEvent): string | undefined {
  if (happening.kind === 'sntp') return `${happening.from} ${happening.server ?? ''}`;
  if (happening.kind !== 'dhcp') return undefined;
  const { message, address, server, tftpServers, note } = happening.dhcp;
  const isRenewal = message === 'request' && own !== undefined;
  if (!isRenewal && message !== 'ack' && message !== 'inform') return undefined;
  return [message, address, server, tftpServers, note].join(' ');
}

function dropOldest<Key>(keys: Map<Key, unknown> | Set<Key>, most: number): void {
  for (const oldest of keys.keys()) {
    if (keys.size <= most) return;
    keys.delete(oldest);
  }
}
