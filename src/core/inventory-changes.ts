import type { Phone } from '../model/phone.ts';
import { columnTitle } from './inventory-table.ts';
import type { IsSecret } from './secrets.ts';

/** A part of a phone that is not as it was; undefined stands for none. */
export type PhoneChange = {
  /** `model`, `image`, `running`, `label:NAME` or the name of a setting. */
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
};

const fixed = ['model', 'image', 'running'] as const;

/** Values of secret settings are replaced. */
export function phoneChanges(
  before: Phone,
  after: Phone,
  isSecret: IsSecret,
): readonly PhoneChange[] {
  const shown = (side: 'from' | 'to', what: string, value: string | undefined) => {
    if (value === undefined) return {};
    return { [side]: isSecret(what) && value !== '' ? '********' : value };
  };
  const [old, made] = [partsOf(before), partsOf(after)];
  const names = [...new Set([...fixed, ...old.keys(), ...made.keys()])];
  return names
    .filter((name) => old.get(name) !== made.get(name))
    .map((what) => ({
      what,
      ...shown('from', what, old.get(what)),
      ...shown('to', what, made.get(what)),
    }));
}

/** By the titles of columns, which are each of one part only. */
function partsOf(phone: Phone): ReadonlyMap<string, string> {
  const labels = Object.entries(phone.labels).map(
    ([name, value]) => [columnTitle({ kind: 'label', name }), value] as const,
  );
  const settings = Object.entries(phone.settings).map(
    ([name, value]) => [columnTitle({ kind: 'setting', name }), value] as const,
  );
  const others = fixed.flatMap((name) => {
    const value = phone[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return new Map([...others, ...labels, ...settings]);
}
