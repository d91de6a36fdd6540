import {
  isUnderWay,
  rolloutPhoneStates,
  type Rollout,
  type RolloutPhone,
  type RolloutPhoneState,
} from '../../model/rollout.ts';

export type RolloutSummary = {
  readonly counts: Readonly<Record<RolloutPhoneState, number>>;
  /** Phones that have anything to do with it: neither refused nor left out. */
  readonly meant: number;
  /** Done or failed. */
  readonly finished: number;
  /** Phones that were done in an hour, by the last of them; undefined before there are two. */
  readonly perHour: number | undefined;
  /** Milliseconds, by that rate. */
  readonly leftMs: number | undefined;
  /** Under way and close to the end of their time, the closest first. */
  readonly late: readonly RolloutPhone[];
};

/** The rate is that of so many phones. */
const rateOver = 20;
/** Late is who has used so much of his time. */
const lateShare = 0.5;

export function summaryOf(phones: readonly RolloutPhone[], now: number): RolloutSummary {
  const counts = Object.fromEntries(
    rolloutPhoneStates.map((state) => [
      state,
      phones.filter((each) => each.state === state).length,
    ]),
  ) as Record<RolloutPhoneState, number>;
  const meant = phones.length - counts.refused - counts.skipped;
  const finished = counts.done + counts.failed;
  const perHour = rateOf(phones);
  const left = meant - finished;
  return {
    ...{ counts, meant, finished, perHour },
    leftMs: perHour === undefined ? undefined : (left / perHour) * 3_600_000,
    late: lateOnes(phones, now),
  };
}

function rateOf(phones: readonly RolloutPhone[]): number | undefined {
  const times = phones
    .filter(({ state }) => state === 'done')
    .map(({ since }) => since)
    .sort((a, b) => a - b)
    .slice(-rateOver);
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined || last <= first) return undefined;
  return ((times.length - 1) * 3_600_000) / (last - first);
}

function lateOnes(phones: readonly RolloutPhone[], now: number): readonly RolloutPhone[] {
  const isLate = (phone: RolloutPhone) => {
    const { dueAt, since } = phone;
    if (!isUnderWay(phone) || phone.state === 'back' || dueAt === undefined) return false;
    return now - since > (dueAt - since) * lateShare;
  };
  return phones.filter(isLate).sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
}

export const reportHeader = [
  ...['mac', 'group', 'state', 'cause', 'reason', 'from', 'image', 'hops', 'asked', 'askedAt'],
  ...['finishedAt', 'seconds'],
] as const;

/** One line for each phone; times as ISO 8601 in UTC. */
export function reportRows(phones: readonly RolloutPhone[]): readonly (readonly string[])[] {
  return phones.map((phone) => {
    const { mac, group, state, cause, refusal, reason, from, image, hops, asked, askedAt, since } =
      phone;
    const isFinished = state === 'done' || state === 'failed';
    const seconds = isFinished && askedAt !== undefined ? (since - askedAt) / 1000 : undefined;
    return [
      ...[mac, String(group + 1), state, cause ?? refusal ?? '', reason, from ?? '', image ?? ''],
      ...[String(hops), String(asked), timeText(askedAt)],
      ...[isFinished ? timeText(since) : '', seconds === undefined ? '' : seconds.toFixed(0)],
    ];
  });
}

function timeText(at: number | undefined): string {
  return at === undefined ? '' : new Date(at).toISOString();
}

/** What a person may do with it next. */
export function nextOrder({ name, state }: Pick<Rollout, 'name' | 'state'>): string | undefined {
  const words: Partial<Record<Rollout['state'], string>> = {
    created: 'start',
    paused: 'resume',
    'awaiting-approval': 'approve',
  };
  const word = words[state];
  return word === undefined ? undefined : `hookflash rollout ${word} ${name}`;
}
