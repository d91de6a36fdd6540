import type { WithheldEvent } from '../asking.ts';
import type { Open } from '../opens.ts';
import { withheldFinding } from './findings.ts';

/** Addresses that are remembered; the oldest is forgotten and told of again. */
const most = 1024;

/** Tells of secrets that were kept from strangers: of each address once. */
export function createWithheld(onEvent: (event: WithheldEvent) => void): (open: Open) => void {
  const told = new Set<string>();
  return ({ withheld }) => {
    if (!withheld || told.has(withheld.address)) return;
    const { address, path } = withheld;
    told.add(address);
    const [oldest] = told;
    if (told.size > most && oldest !== undefined) told.delete(oldest);
    onEvent({ kind: 'withheld', address, path, finding: withheldFinding(withheld) });
  };
}
