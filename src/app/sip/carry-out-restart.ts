import type { Restart } from '../../model/restart.ts';
import { sendRestart, type RestartResult, type SendRestartParts } from './send-restart.ts';

/** Sends what was asked for; what is under way, and what came of it, is on disk. */
export async function carryOutRestart(
  parts: Omit<SendRestartParts, 'mac' | 'kind' | 'via'>,
  restart: Restart,
): Promise<RestartResult> {
  const { store } = parts;
  const { mac, kind, token } = restart;
  await store.restartPut({ ...restart, state: 'sending' });
  const result = await sendRestart({ ...parts, kind, mac });
  const state = result.outcome === 'taken' ? 'sent' : 'failed';
  // A phone that has started again meanwhile has nothing to wait for.
  if ((await store.restartGet(mac))?.token === token)
    await store.restartPut({ ...restart, state, text: result.text });
  return result;
}
