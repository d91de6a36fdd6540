import type { Finding, PhoneFinding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { Store } from '../model/store.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
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
  /** `lastAt` is when it was last reported. */
  mend(isMended: (finding: PhoneFinding, lastAt: number) => boolean): Promise<void>;
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
  const lastAt = new Map([...stands.values()].map(({ code, at }) => [code, at]));
  return {
    async report({ code, severity, text, consequence, cure }) {
      const known = stands.get(code);
      const finding: PhoneFinding = {
        ...{ mac, at: known?.at ?? clock.now(), code, severity, text },
        ...(consequence !== undefined && { consequence }),
        ...(cure !== undefined && { cure: filledIn(cure, mac, await store.phoneGet(mac)) }),
      };
      lastAt.set(code, clock.now());
      await store.findingPut(finding);
      stands.set(code, finding);
      if (!known) onEvent({ kind: 'finding', finding });
    },
    has: (code) => stands.has(code),
    get: (code) => stands.get(code),
    async mend(isMended) {
      for (const finding of stands.values()) {
        const { code, at } = finding;
        if (!isMended(finding, lastAt.get(code) ?? at)) continue;
        await store.findingDelete(mac, code);
        stands.delete(code);
        onEvent({ kind: 'mended', mac, at: clock.now(), code });
      }
    },
  };
}

/** A cure with the phone's own MAC and the image that it should run in its commands. */
export function filledIn(cure: string, mac: Mac | undefined, phone?: Pick<Phone, 'image'>): string {
  return cure
    .replaceAll('<MAC>', mac === undefined ? 'MAC' : formatMac(mac))
    .replaceAll('<IMAGE>', phone?.image ?? 'IMAGE');
}

/** Told by expectations: over as soon as the phone asks for anything. */
export function isLateness({ code }: Pick<Finding, 'code'>): boolean {
  return code.startsWith('late-');
}
