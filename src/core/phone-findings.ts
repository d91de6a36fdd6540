import type { Finding, PhoneFinding } from '../model/finding.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { Clock } from './clock.ts';

/** What those who watch hear: each finding once, and once that it is behind the phone. */
export type FindingEvent =
  | { readonly kind: 'finding'; readonly finding: PhoneFinding }
  | { readonly kind: 'mended'; readonly mac: Mac; readonly at: number; readonly code: string };

/** What is wrong with one phone, in the store as long as it lasts. */
export type PhoneFindings = {
  report(finding: Finding): Promise<void>;
  has(code: string): boolean;
  get(code: string): PhoneFinding | undefined;
  mend(isMended: (finding: PhoneFinding) => boolean): Promise<void>;
};

export type PhoneFindingsParts = {
  readonly mac: Mac;
  readonly store: Store;
  readonly clock: Clock;
  readonly onEvent: (event: FindingEvent) => void;
};

export async function openPhoneFindings(parts: PhoneFindingsParts): Promise<PhoneFindings> {
  const { mac, store, clock, onEvent } = parts;
  const stands = new Map((await store.findingList(mac)).map((each) => [each.code, each]));
  return {
    async report({ code, severity, text, consequence, cure }) {
      const known = stands.get(code);
      const finding: PhoneFinding = {
        ...{ mac, at: known?.at ?? clock.now(), code, severity, text },
        ...(consequence !== undefined && { consequence }),
        ...(cure !== undefined && { cure }),
      };
      await store.findingPut(finding);
      stands.set(code, finding);
      if (!known) onEvent({ kind: 'finding', finding });
    },
    has: (code) => stands.has(code),
    get: (code) => stands.get(code),
    async mend(isMended) {
      for (const finding of [...stands.values()].filter(isMended)) {
        const { code } = finding;
        await store.findingDelete(mac, code);
        stands.delete(code);
        onEvent({ kind: 'mended', mac, at: clock.now(), code });
      }
    },
  };
}

/** Told by expectations: over as soon as the phone asks for anything. */
export function isLateness({ code }: Pick<Finding, 'code'>): boolean {
  return code.startsWith('late-');
}
