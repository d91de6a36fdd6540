import type { Clock } from '../../core/clock.ts';
import type { Store } from '../../model/store.ts';
import type { UnistimServer } from '../../servers/unistim/server.ts';
import { repeat } from '../repeat.ts';
import { provisioningNow } from './provisioning-now.ts';

/** Milliseconds between two looks for what commands have changed. */
const looks = 300;

/** The running server follows `ipcm lock` and `ipcm unlock`. Returns what ends it. */
export function followProvisioning(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  server: Pick<UnistimServer, 'lock' | 'unlock' | 'lockState'>,
  onProblem: (error: unknown) => void,
): () => void {
  async function look(): Promise<void> {
    const { locked } = await provisioningNow(store);
    const isLocked = server.lockState !== 'unlocked';
    if (locked && !isLocked) server.lock().catch(onProblem);
    if (!locked && isLocked) server.unlock();
  }

  return repeat(clock, looks, look, onProblem);
}
