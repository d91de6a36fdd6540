import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import type { HostClock } from '../servers/sntp/host-clock.ts';

/** How the machine is asked. */
export type HostQuestions = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** What a program prints; undefined where it is not there, fails or takes too long. */
  run(program: string, ...words: readonly string[]): Promise<string | undefined>;
  exists(path: string): Promise<boolean>;
};

type Answer = Pick<HostClock, 'state' | 'service'>;

const timeoutMs = 3000;

export const thisMachine: HostQuestions = {
  now: () => Date.now(),
  run: (program, ...words) =>
    new Promise((resolve) => {
      execFile(program, words, { timeout: timeoutMs, encoding: 'utf8' }, (error, out) =>
        resolve(error ? undefined : out),
      );
    }),
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
};

/**
 * Whether somebody sets the machine's clock: asks chrony, then systemd, which also knows of other
 * services by the kernel, then looks for the mark of systemd-timesyncd. The first that knows counts.
 */
export async function readHostClock(questions: HostQuestions): Promise<HostClock> {
  const answer =
    (await askChrony(questions)) ?? (await askSystemd(questions)) ?? (await lookForMark(questions));
  return { state: 'unknown', at: questions.now(), ...answer };
}

async function askChrony({ run }: HostQuestions): Promise<Answer | undefined> {
  return parseTracking((await run('chronyc', '-n', '-c', 'tracking')) ?? '');
}

const leapStates = ['Normal', 'Insert second', 'Delete second'];
const lowestStratum = 15;

/** A line of `chronyc -c tracking`, chronyc(1): 14 values parted by commas. */
export function parseTracking(text: string): Answer | undefined {
  const values = text.trim().split(',');
  const [, , stratum, setAt, , , , , , , rootDelay, rootDispersion, , leapState = ''] = values;
  if (values.length < 14) return undefined;
  if (leapState === 'Not synchronised') return { state: 'not synchronised' };
  const service = {
    stratum: Number(stratum),
    leap: leapStates.indexOf(leapState),
    rootDelay: Number(rootDelay),
    rootDispersion: Number(rootDispersion),
    setAt: Number(setAt) * 1000,
  };
  const isRead = Object.values(service).every(Number.isFinite) && service.leap >= 0;
  if (!isRead || service.stratum > lowestStratum) return undefined;
  return { state: 'synchronised', service };
}

async function askSystemd({ run }: HostQuestions): Promise<Answer | undefined> {
  const said = await run('timedatectl', 'show', '-p', 'NTPSynchronized', '--value');
  const word = said?.trim();
  if (word === 'yes') return { state: 'synchronised' };
  return word === 'no' ? { state: 'not synchronised' } : undefined;
}

/** systemd-timesyncd.service(8). */
const timesyncFolder = '/run/systemd/timesync';

async function lookForMark({ exists }: HostQuestions): Promise<Answer | undefined> {
  if (await exists(`${timesyncFolder}/synchronized`)) return { state: 'synchronised' };
  return (await exists(timesyncFolder)) ? { state: 'not synchronised' } : undefined;
}

export type HostClockWatch = {
  /** What was seen last. */
  current(): HostClock;
  stop(): void;
};

/** Looks again from time to time; `onChange` hears the first state, and every other one. */
export async function watchHostClock(
  questions: HostQuestions,
  everyMs: number,
  onChange: (clock: HostClock) => void,
): Promise<HostClockWatch> {
  let current = await readHostClock(questions);
  let isStopped = false;
  onChange(current);

  async function look(): Promise<void> {
    const next = await readHostClock(questions);
    if (isStopped) return;
    const hasChanged = next.state !== current.state;
    current = next;
    if (hasChanged) onChange(next);
    timer.refresh();
  }

  const timer = setTimeout(() => void look(), everyMs);
  timer.unref();
  return {
    current: () => current,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
