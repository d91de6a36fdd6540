import type { PhoneFinding } from '../model/finding.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { Clock } from './clock.ts';
import type { FindingEvent } from './phone-findings.ts';

/** Says of phones that they get no answer, because what they proved could not be kept. */
export type Unsaved = {
  /** Rejects as the task does. */
  watching<T>(mac: Mac, task: () => Promise<T>): Promise<T>;
};

export type UnsavedParts = {
  readonly store: Pick<Store, 'findingPut' | 'findingDelete'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly onEvent: (event: FindingEvent) => void;
};

export function createUnsaved({ store, clock, onEvent }: UnsavedParts): Unsaved {
  const told = new Set<Mac>();

  async function tell(mac: Mac, error: unknown): Promise<void> {
    if (told.has(mac)) return;
    told.add(mac);
    const finding = findingOf(mac, clock.now(), error);
    onEvent({ kind: 'finding', finding });
    // It may be this very thing that the disk does not take.
    await store.findingPut(finding).catch(() => undefined);
  }

  return {
    async watching(mac, task) {
      try {
        const result = await task();
        if (!told.delete(mac)) return result;
        await store.findingDelete(mac, 'not-saved');
        onEvent({ kind: 'mended', mac, at: clock.now(), code: 'not-saved' });
        return result;
      } catch (error) {
        await tell(mac, error);
        throw error;
      }
    },
  };
}

function findingOf(mac: Mac, at: number, error: unknown): PhoneFinding {
  const because = error instanceof Error ? error.message : String(error);
  return {
    ...{ mac, at, code: 'not-saved', severity: 'error' },
    text: `what it asked for could not be kept: ${because}`,
    consequence: 'it gets no answer, and starts what it has or waits: nothing is served unkept',
    cure: 'make room on the disk of the workspace, or give its user the right to write there; then switch the phone off and on',
  };
}
