import type { Mac } from '../wire/mac.ts';
import type { Hooks } from './boots.ts';
import type { Clock } from './clock.ts';
import type { Memory, Storing } from './memory.ts';
import type { StageName, TwinEvent, TwinHappening } from './report.ts';

/** What a phone of any family is made of; `T` is what it keeps without power. */
export type CommonParts<T> = {
  readonly mac: Mac;
  readonly memory: Memory<T>;
  readonly clock: Clock;
  readonly onEvent: (event: TwinEvent) => void;
  readonly signal: AbortSignal | undefined;
  readonly hooks: Hooks;
};

/** A phone during one boot, as far as phones of all families are alike. */
export type PhoneInBoot<T> = {
  readonly mac: Mac;
  flash(): T;
  /** Safe when it returns. */
  keep(flash: T, storing?: Storing): void;
  sleep(duration: { readonly ms: number }): Promise<void>;
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
  const { mac, memory, clock, onEvent, signal, hooks } = parts;
  const refused = new Set<string>();
  let stage = firstStage;
  let failure: string | undefined;

  const tell = (happening: TwinHappening) =>
    onEvent({ ...happening, at: clock.now(), boot, stage });

  return {
    mac,
    flash: () => memory.read(),
    keep: (flash, storing) => memory.write(flash, storing),
    sleep: ({ ms }) => clock.sleep(ms, signal),
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
