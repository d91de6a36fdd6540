import type { Mac } from '../wire/mac.ts';
import type { Hooks } from './boots.ts';
import type { Clock } from './clock.ts';
import type { DhcpClient } from './dhcp/dhcp-client.ts';
import type { Memory, Storing } from './memory.ts';
import type { TwinSip } from './sip/twin-sip.ts';
import type { StageName, TwinEvent, TwinHappening } from './report.ts';

/** What a phone of any family is made of; `T` is what it keeps without power. */
export type CommonParts<T> = {
  readonly mac: Mac;
  readonly memory: Memory<T>;
  readonly clock: Clock;
  readonly onEvent: (event: TwinEvent) => void;
  readonly signal: AbortSignal | undefined;
  readonly hooks: Hooks;
  /** Left out where the phone's address and TFTP server are as if DHCP had been there. */
  readonly dhcp?: DhcpClient | undefined;
  /** Left out where the phone's boot ends before it speaks SIP. */
  readonly sip?: TwinSip | undefined;
};

/** A phone during one boot, as far as phones of all families are alike. */
export type PhoneInBoot<T> = {
  readonly mac: Mac;
  flash(): T;
  /** Safe when it returns. */
  keep(flash: T, storing?: Storing): void;
  /** Renews its address meanwhile. */
  sleep(duration: { readonly ms: number }): Promise<void>;
  /** Gets an address; false when nobody gives it one. */
  connect(): Promise<boolean>;
  /** Forgets the address that it had. */
  disconnect(): void;
  /** Gets an address anew, because its TFTP server did not answer. */
  reconnect(): Promise<void>;
  /** Renews its address from now on; what it returns ends that. `fail` is told where it cannot. */
  keepAddress(fail: (error: unknown) => void): () => void;
  /** What follows is told as of this stage. */
  turnTo(stage: StageName): void;
  tell(happening: TwinHappening): void;
  show(text: string): void;
  /** Shows a text that stays until the next boot. */
  showFailure(text: string): void;
  failure(): string | undefined;
  /** Why the phone rejects an image that is all right. */
  objection(image: string): string | undefined;
  /** Tells that an image is wanted and not taken. */
  refuse(image: string, because: string): void;
  /** Whether the image was refused in this boot. */
  hasRefused(image: string): boolean;
};

export function phoneInBoot<T>(
  parts: CommonParts<T>,
  boot: number,
  firstStage: StageName,
): PhoneInBoot<T> {
  const { mac, memory, clock, onEvent, signal, hooks, dhcp } = parts;
  const refused = new Set<string>();
  let stage = firstStage;
  let failure: string | undefined;

  const tell = (happening: TwinHappening) =>
    onEvent({ ...happening, at: clock.now(), boot, stage });

  async function sleep({ ms }: { readonly ms: number }): Promise<void> {
    const end = clock.now() + ms;
    while (dhcp !== undefined && dhcp.dueAt < end) {
      await clock.sleep(Math.max(dhcp.dueAt - clock.now(), 0), signal);
      await dhcp.attend(tell);
    }
    await clock.sleep(dhcp === undefined ? ms : Math.max(end - clock.now(), 0), signal);
  }

  return {
    mac,
    keepAddress: (fail) => keepAddress({ dhcp, clock }, tell, fail),
    flash: () => memory.read(),
    keep: (flash, storing) => memory.write(flash, storing),
    sleep,
    connect: async () => dhcp === undefined || dhcp.obtain(tell),
    disconnect: () => dhcp?.forget(),
    async reconnect() {
      await dhcp?.restart(tell);
    },
    turnTo(name) {
      stage = name;
      tell({ kind: 'stage' });
    },
    tell,
    show: (text) => tell({ kind: 'display', text }),
    showFailure(text) {
      failure = text;
      tell({ kind: 'display', text });
    },
    failure: () => failure,
    objection: (image) => hooks.objection?.(image),
    refuse(image, because) {
      refused.add(image);
      tell({ kind: 'refused', image, because });
    },
    hasRefused: (image) => refused.has(image),
  };
}

function keepAddress(
  { dhcp, clock }: Pick<CommonParts<unknown>, 'dhcp' | 'clock'>,
  tell: (happening: TwinHappening) => void,
  fail: (error: unknown) => void,
): () => void {
  let isKeeping = true;
  let callOff: (() => void) | undefined;
  const wait = () => {
    const ms = dhcp === undefined ? Infinity : Math.max(dhcp.dueAt - clock.now(), 0);
    if (isKeeping && ms !== Infinity) callOff = clock.after(ms, attend, 'lasting');
  };
  const attend = () => void dhcp?.attend(tell).then(wait, fail);
  wait();
  return () => {
    isKeeping = false;
    callOff?.();
  };
}
