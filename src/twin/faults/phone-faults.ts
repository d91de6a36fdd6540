import type { BootEnd, Hooks } from '../boots.ts';
import type { SipFaults } from '../sip/twin-sip.ts';
import { addHooks, type Fault } from './fault.ts';

const all = ['cisco-7900', 'cisco-java', 'nortel-2004'] as const;

/** Between the end of a boot that should have been idle and the next. */
const restlessMs = 60_000;

/** What is wrong with the phone's own program. */
export const phoneFaults: readonly Fault[] = [
  {
    name: 'refuses-image',
    help: 'rejects every image, though nothing is wrong with it',
    families: all,
    ends: 'idle on what it had, or stuck where it had nothing; gone with the fault',
    apply: (parts) => ({
      ...parts,
      hooks: addHooks(parts.hooks, { objection: (image) => `it rejects ${image}` }),
    }),
  },
  {
    name: 'old-boot-code',
    help: 'has boot code from before 8.5(2), which cannot verify later loads',
    families: ['cisco-java'],
    ends: 'stuck after its default loads file where that is of a later load; one of 8.5(2) or before brings it back',
    apply: (parts, rules) => ({
      ...parts,
      flash: {
        read: () => rules.withOldBootCode(parts.flash.read()),
        write: (next, storing) =>
          parts.flash.write(rules.withBootCodeOf(parts.flash.read(), next), storing),
      },
    }),
  },
  {
    name: 'never-idle',
    help: 'starts again whenever it should be idle',
    families: all,
    ends: 'stuck, going round in circles, with the wanted image; gone with the fault',
    apply: (parts) => ({ ...parts, hooks: addHooks(parts.hooks, { end: restless }) }),
  },
  {
    name: 'never-registers',
    help: 'sends no REGISTER, whatever its settings say',
    families: all,
    ends: 'without SIP as without it; with it stuck, not registered; gone with the fault',
    apply: (parts) => withSip(parts, { neverRegisters: true }),
  },
  {
    name: 'wrong-password',
    help: 'registers with another password than its settings have',
    families: all,
    ends: 'as without it where nobody asks for one; else stuck, not registered, until it is gone',
    apply: (parts) => withSip(parts, { hasWrongPassword: true }),
  },
  {
    name: 'ignores-notify',
    help: 'answers every NOTIFY with 200 and does nothing',
    families: all,
    ends: `registered, never restarted; restarted by hand it is as without it`,
    apply: (parts) => withSip(parts, { ignoresNotify: true }),
  },
  {
    name: 'busy',
    help: 'is in a call all the time',
    families: all,
    ends: 'registered, never restarted by a NOTIFY, which waits for the end of calls; gone with the fault',
    apply: (parts) => withSip(parts, { isBusy: true }),
  },
  {
    name: 'never-comes-back',
    help: 'goes dark when it is restarted from afar, and is not heard of again',
    families: all,
    ends: 'as without it where nobody asks it to restart; else stuck, until it is switched off and on',
    apply: (parts) => ({ ...parts, hooks: addHooks(parts.hooks, { end: hung }) }),
  },
  {
    name: 'flaps',
    help: 'starts again and again, once a NOTIFY has restarted it',
    families: all,
    ends: 'as without it where nobody asks it to restart; else stuck, going round in circles, with the wanted image; gone with the fault',
    apply: (parts) => ({ ...parts, hooks: addHooks(parts.hooks, { end: restlessOnceAsked() }) }),
  },
];

function withSip<P extends { readonly hooks?: Hooks }>(parts: P, sip: SipFaults): P {
  return { ...parts, hooks: addHooks(parts.hooks, { sip }) };
}

function restless(end: BootEnd): BootEnd {
  if (end.kind !== 'idle') return end;
  return { kind: 'reboot', because: 'it does not come to rest', waitMs: restlessMs };
}

function hung(end: BootEnd): BootEnd {
  if (end.kind !== 'reboot' || end.isOrdered !== true) return end;
  return { kind: 'stuck', display: '', because: 'it hangs since it was to restart' };
}

function restlessOnceAsked(): (end: BootEnd) => BootEnd {
  let wasAsked = false;
  return (end) => {
    if (end.kind === 'reboot' && end.isOrdered === true) wasAsked = true;
    return wasAsked ? restless(end) : end;
  };
}
