import type { PhoneFindings } from '../phone-findings.ts';
import { otherPhonesFile, secretWithheld, withheldFinding, type OtherAsking } from './findings.ts';
import type { Guarded } from './guard.ts';

export type GuardedAsking = Pick<Guarded, 'withheld' | 'isWhole'> & { readonly path: string };

/** Says what is wrong with who gets the passwords of one phone. */
export type SecretsJudge = {
  /** A file with secrets went out without them, or with them. */
  guarded(asked: GuardedAsking): Promise<void>;
  /** Another phone asks for a file of this one. */
  askedByOther(other: OtherAsking): Promise<void>;
};

export function secretsJudge(findings: PhoneFindings): SecretsJudge {
  return {
    async guarded({ withheld, isWhole, path }) {
      const known = findings.get(secretWithheld);
      // Whoever asks again and again from one address is told of once.
      const isKnown = withheld && known?.text.startsWith(`${withheld.address} `);
      if (withheld && !isKnown) await findings.report(withheldFinding(withheld));
      const isOver = isWhole === true || known?.text.includes(` ${path} `) === true;
      if (!withheld && isOver) await findings.mend(({ code }) => code === secretWithheld);
    },

    async askedByOther(other) {
      const finding = otherPhonesFile(other);
      const known = findings.get(finding.code);
      if (known?.text.startsWith(`${other.address},`) !== true) await findings.report(finding);
    },
  };
}
