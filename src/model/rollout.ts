import type { Mac } from '../wire/mac.ts';
import type { Refusal } from './plan.ts';
import type { SettingValues } from './settings.ts';

/** Which phones: all that is said must hold. Nothing said means every phone. */
export type RolloutTarget = {
  readonly labels?: Readonly<Record<string, string>>;
  readonly model?: string;
  /** The image that they run. */
  readonly running?: string;
  /** As the label `site` says. */
  readonly site?: string;
  readonly macs?: readonly Mac[];
};

/** What phones are asked to restart for; a plain restart where nothing is said. */
export type RolloutChange = {
  readonly image?: string;
  readonly settings?: SettingValues;
  /** Takes back what the rollout of this name did. */
  readonly back?: string;
};

/** A share of the phones, taken one group after the other; what is left over comes last. */
export type GroupRule =
  /** So many of all phones more. */
  | { readonly kind: 'count'; readonly count: number }
  /** Until so many hundredths of all phones were taken. */
  | { readonly kind: 'percent'; readonly percent: number }
  /** Those with this label. */
  | { readonly kind: 'label'; readonly label: string; readonly value: string }
  /** A group for each value of the label, in the order of the values. */
  | { readonly kind: 'each'; readonly label: string };

/** By the clock of the phone's own zone, minutes from midnight; over midnight where `from` is later. */
export type RolloutWindow = { readonly from: number; readonly to: number };

export type RolloutSpec = {
  readonly name: string;
  readonly target: RolloutTarget;
  readonly change: RolloutChange;
  readonly groups: readonly GroupRule[];
  /** Phones under way at once. */
  readonly atOnce: number;
  /** Of those, in one subnet. */
  readonly perSubnet?: number;
  readonly window?: RolloutWindow;
  /** IANA zone of phones that have none of their own. */
  readonly zone: string;
  /** A group begins when a person allows it; the first by `start`. */
  readonly approve: boolean;
  /** Hundredths of a group's finished phones that must be done before the next group begins. */
  readonly success: number;
  /** More failed hundredths than this pause the rollout at once. */
  readonly errors: number;
  /** Times that a phone is asked again after it did not do as asked. */
  readonly retries: number;
  readonly retryWaitMs: number;
  /** Share of the slots where several rollouts run at once. */
  readonly weight: number;
  /** What a phone must stay up before it counts as done. */
  readonly steadyMs: number;
  /** A phone that restarts by itself may have the change before its turn. */
  readonly opportunistic: boolean;
  /** When it begins, again and again, as cron has it. */
  readonly schedule?: string;
};

export type RolloutState =
  | 'created'
  /** Begins at `beginsAt`. */
  | 'scheduled'
  | 'running'
  | 'awaiting-approval'
  | 'paused'
  /** Nobody is asked any more; those under way end on their own. */
  | 'aborted'
  | 'done';

export type Rollout = RolloutSpec & {
  readonly createdAt: number;
  readonly state: RolloutState;
  /** Why it is in this state. */
  readonly reason: string;
  readonly updatedAt: number;
  /** Index of the group whose turn it is. */
  readonly group: number;
  /** What each group is, in words. */
  readonly groupNames: readonly string[];
  /** Failed phones of the present group that a person has seen and let pass. */
  readonly forgiven: number;
  /** Times that it has begun. */
  readonly run: number;
  readonly startedAt?: number;
  readonly beginsAt?: number;
};

export const rolloutPhoneStates = [
  'waiting',
  /** The asking to restart is decided; it may have left. */
  'asked',
  'restarting',
  /** On hop `hop` of `hops`. */
  'upgrading',
  /** Runs what it should; it must register again, where it did before, and stay up. */
  'back',
  'done',
  'failed',
  'refused',
  'skipped',
] as const;
export type RolloutPhoneState = (typeof rolloutPhoneStates)[number];

/** Why a phone failed. */
export const failureCauses = [
  'never-came-back',
  'did-not-restart',
  'refused-image',
  'came-back-on-old',
  'flaps',
  'held-up',
  'late',
  'registers-no-more',
  'unreachable',
  'no-way',
] as const;
export type FailureCause = (typeof failureCauses)[number];

/** What a phone was to run and be set to before the rollout touched it. */
export type BeforeRollout = {
  readonly image?: string;
  /** Of the settings that it changes, those that the phone had itself. */
  readonly settings: SettingValues;
};

export type ShownImage = 'runs' | 'refused' | 'came-back';

/** One phone in one rollout. On disk before anything is done to the phone. */
export type RolloutPhone = {
  readonly rollout: string;
  readonly mac: Mac;
  readonly group: number;
  readonly state: RolloutPhoneState;
  /** Since when it is in this state. Milliseconds since the epoch, as all times here. */
  readonly since: number;
  readonly reason: string;
  readonly cause?: FailureCause;
  /** Code of the rule that refused it. */
  readonly refusal?: string;
  /** What it shall run in the end; undefined where its image stays. */
  readonly image?: string;
  /** What it shall be set to of its own; null takes a setting away. */
  readonly settings?: Readonly<Record<string, string | null>>;
  /** What it ran when the rollout was made. */
  readonly from?: string;
  readonly zone: string;
  /** The most that it may take in all, by its family. */
  readonly lastsMs: number;
  /** Known once the change is written for it. */
  readonly before?: BeforeRollout;
  /** Network of its address when it was asked. */
  readonly subnet?: string;
  /** Hops proved, and all. */
  readonly hop: number;
  readonly hops: number;
  /** Decisions to ask it, since it last proved a hop. */
  readonly attempts: number;
  /** All decisions to ask it. */
  readonly asked: number;
  readonly askedAt?: number;
  /** Whether the asking is known to have left. */
  readonly sent: boolean;
  /** Whether it was registered when it was asked. */
  readonly registered: boolean;
  readonly registeredAt?: number;
  readonly bootedAt?: number;
  /** Restarts since it last proved a hop. */
  readonly boots: number;
  /** What it last showed of its image; `came-back`: it restarted with it and had the one of before. */
  readonly shown?: { readonly kind: ShownImage; readonly image: string };
  /** It took an asking and was not heard of since. */
  readonly isLost?: true;
  /** When its time is up. */
  readonly dueAt?: number;
  /** It is not asked before. */
  readonly notBefore?: number;
};

/** A line of the history of one phone in a rollout. */
export type RolloutPhoneChange = Pick<
  RolloutPhone,
  'rollout' | 'mac' | 'state' | 'reason' | 'cause' | 'hop' | 'hops' | 'asked'
> & { readonly at: number };

export const rolloutOrders = ['start', 'pause', 'resume', 'abort', 'approve'] as const;
export type RolloutOrder = (typeof rolloutOrders)[number];

/** What a person wants of a rollout; whoever runs it takes it up. */
export type RolloutIntent = {
  readonly id: number;
  readonly rollout: string;
  readonly order: RolloutOrder;
  readonly at: number;
};

/** All of it is written or nothing. */
export type RolloutWrite = {
  readonly rollout?: Rollout;
  readonly phones?: readonly RolloutPhone[];
  /** Takes the place of all phones of `rollout` that there were. */
  readonly anew?: boolean;
  /** Intents that are carried out by it. */
  readonly intents?: readonly number[];
};

/** Phones in these states are in nobody else's rollout. */
export function isOpen({ state }: Pick<RolloutPhone, 'state'>): boolean {
  return state === 'waiting' || isUnderWay({ state });
}

/** From the decision to ask it until it is done or failed. */
export function isUnderWay({ state }: Pick<RolloutPhone, 'state'>): boolean {
  return state === 'asked' || state === 'restarting' || state === 'upgrading' || state === 'back';
}

export function isOver({ state }: Pick<Rollout, 'state'>): boolean {
  return state === 'aborted' || state === 'done';
}

/** How sure it is that all goes well. */
export type Risk = 'low' | 'medium' | 'high';

/** What a rollout would do to one phone. */
export type PhonePreview = {
  readonly mac: Mac;
  readonly model: string;
  readonly group: number;
  readonly zone: string;
  readonly from?: string;
  readonly image?: string;
  /** Images of the hops. */
  readonly hops: readonly string[];
  /** What it usually takes, and at most. */
  readonly usualMs: number;
  readonly lastsMs: number;
  readonly risk: Risk;
  readonly risks: readonly string[];
  /** Why it is left out; `nothing-to-do` where it is what it should be. */
  readonly refusal?: Refusal;
};

export type RolloutPreview = {
  readonly groupNames: readonly string[];
  readonly phones: readonly PhonePreview[];
};
