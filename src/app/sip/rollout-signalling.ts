import { randomBytes } from 'node:crypto';
import type { BindingTable } from '../../core/sip/binding-table.ts';
import type { Restart } from '../../model/restart.ts';
import type { Mac } from '../../wire/mac.ts';
import type { RolloutSignalling } from '../serve-rollouts.ts';
import { carryOutRestart } from './carry-out-restart.ts';
import type { SendRestartParts } from './send-restart.ts';

export type SipSignallingParts = Omit<SendRestartParts, 'mac' | 'kind' | 'via' | 'sender'> & {
  readonly table: BindingTable;
  /** Undefined as long as the server does not run. */
  sender(): SendRestartParts['sender'] | undefined;
};

/** How rollouts ask phones to start again, by the server that these register with. */
export function sipSignalling(parts: SipSignallingParts): RolloutSignalling {
  const { clock, table } = parts;
  return {
    async ask(mac: Mac) {
      const sender = parts.sender();
      if (!sender) return 'unreachable';
      // The phone must find another word than its own in syncinfo.xml before it is asked to look.
      const token = `rollout-${randomBytes(8).toString('hex')}`;
      const restart: Restart = {
        ...{ mac, askedAt: clock.now(), kind: 'reset', token, text: '', state: 'sending' },
      };
      const { outcome } = await carryOutRestart({ ...parts, sender }, restart);
      if (outcome === 'taken') return 'sent';
      return outcome === 'busy' ? 'busy' : 'unreachable';
    },
    registeredAt: (mac) => table.ofPhone(mac, clock.now())[0]?.registeredAt,
  };
}
