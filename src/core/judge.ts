import type { BootFact, Expectation, PhoneFamily, SeenAnswer } from '../model/family.ts';
import type { Finding, PhoneFinding } from '../model/finding.ts';
import { firmwareMissing } from './contradictions.ts';
import type { Outcome } from './begin.ts';
import { handMadeCode } from './hand-made.ts';
import { secretWithheld } from './trust/findings.ts';
import { secretsJudge, type SecretsJudge } from './trust/secrets-judge.ts';
import { isLateness, openPhoneFindings, type PhoneFindingsParts } from './phone-findings.ts';
import { plainPath, samePath } from './view.ts';

/** Says what is wrong with one phone, and when it is not any more. */
export type Judge = SecretsJudge & {
  /** The phone asks for something, so that it is not late. */
  asked(): Promise<void>;
  fact(fact: BootFact, outcome: Outcome): Promise<void>;
  /** A plan that began or ended by what was said of the phone. */
  concluded(outcome: Outcome): Promise<void>;
  answered(answer: SeenAnswer): Promise<void>;
  /** The phone's view of a path, and what is wrong with it. */
  looked(path: string, finding: Finding | undefined): Promise<void>;
  /** Tells once of a phone that does not ask in its time, counted from `since`. */
  expect(expected: Expectation | undefined, since: number): void;
};

export type JudgeParts = PhoneFindingsParts & {
  readonly family: PhoneFamily;
  /** When the boot began that goes on. */
  readonly bootAt: number;
  readonly inTurn: (task: () => Promise<void>) => void;
};

export async function createJudge(parts: JudgeParts): Promise<Judge> {
  const { mac, family, store, clock, inTurn } = parts;
  const findings = await openPhoneFindings(parts);
  let { bootAt } = parts;
  let cancel: (() => void) | undefined;

  /** What a phone runs that was helped out of its loader is our own doing. */
  async function report(finding: Finding): Promise<void> {
    const isRescued = family.rescue?.states.some((code) => findings.has(code)) === true;
    const isExplained = isRescued || findings.has(handMadeCode);
    if (finding.code !== 'other-server-answers' || !isExplained) await findings.report(finding);
  }

  /** Of an earlier boot; passwords that were kept from it are missing still. */
  function isPast({ code }: PhoneFinding, lastAt: number): boolean {
    return lastAt < bootAt && code !== secretWithheld;
  }

  /** What stopped it stands till it is planned for anew. */
  async function hasStopped(): Promise<boolean> {
    return (await store.progressGet(mac))?.state === 'stopped';
  }

  async function concluded({ finding, mended = [], progress }: Outcome): Promise<void> {
    await findings.mend(({ code }) => mended.includes(code));
    if (finding) await report(finding);
    if (progress?.state === 'done') await findings.mend(isPast);
  }

  return {
    async asked() {
      cancel?.();
      await findings.mend(isLateness);
    },

    async fact(fact, outcome) {
      if (fact.kind === 'boot') bootAt = clock.now();
      if (fact.kind === 'mended') await findings.mend(({ code }) => fact.codes.includes(code));
      await concluded(outcome);
      if (fact.kind === 'runs' && !(await hasStopped())) await findings.mend(isPast);
      if (fact.kind === 'finding') await report(fact.finding);
    },

    concluded,

    async answered({ path, outcome }) {
      if (!family.isFirmware(path)) return;
      const finding = firmwareMissing(path);
      if (outcome === 'sent') await findings.mend(({ text }) => text === finding.text);
      if (outcome !== 'missing') return;
      // What a step hides is meant to be missing.
      const { state, steps = [], step = 0 } = (await store.progressGet(mac)) ?? {};
      const hidden = state === 'under-way' ? (steps[step]?.absent ?? []) : [];
      if (!hidden.some((each) => samePath(each) === samePath(path))) await findings.report(finding);
    },

    async looked(path, finding) {
      if (finding) return findings.report(finding);
      const file = `files/${plainPath(path)} `;
      await findings.mend(({ code, text }) => code === handMadeCode && text.startsWith(file));
    },

    ...secretsJudge(findings),

    expect(expected, since) {
      cancel?.();
      if (!expected) return;
      const waits = Math.max(0, since + expected.withinMs - clock.now());
      cancel = clock.after(waits, () => inTurn(() => findings.report(expected.finding)));
    },
  };
}
