import type { DhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import type { DhcpRule } from '../../model/dhcp-settings.ts';
import type { DhcpAsker } from '../../model/family-dhcp.ts';

/** A phone of the inventory, or a client that a family takes for one of its own. */
export type DhcpPhone = {
  readonly model?: string;
  /** Of the inventory; none for a phone that is not in it. */
  readonly labels: Readonly<Record<string, string>>;
  /** Options that its family gives it. */
  readonly given?: readonly DhcpOption[];
};

/** Undefined for a client that is no phone, as far as anybody can tell. */
export type WhoIs = (asker: DhcpAsker) => DhcpPhone | undefined;

/** Rules that a client matches, in their order. */
export type MatchingRules = (asker: DhcpAsker, phone: DhcpPhone | undefined) => readonly DhcpRule[];

export function matchingRules(rules: readonly DhcpRule[]): MatchingRules {
  const tests = rules.map((rule) => ({ rule, isMet: ruleTest(rule) }));
  if (tests.length === 0) return () => [];
  return (asker, phone) => tests.filter(({ isMet }) => isMet(asker, phone)).map(({ rule }) => rule);
}

type RuleTest = (asker: DhcpAsker, phone: DhcpPhone | undefined) => boolean;

function ruleTest({ vendorClass, macPrefix, model, label }: DhcpRule): RuleTest {
  const glob = vendorClass === undefined ? undefined : globPattern(vendorClass);
  return (asker, phone) =>
    (!glob || glob.test(asker.vendorClass ?? '')) &&
    (macPrefix === undefined || asker.mac?.startsWith(macPrefix) === true) &&
    (model === undefined || phone?.model === model) &&
    (!label || hasLabel(phone, label.name, label.value));
}

/** Labels such as `group` may hold several words. */
function hasLabel(phone: DhcpPhone | undefined, name: string, value: string): boolean {
  const words = phone?.labels[name]?.split(',') ?? [];
  return words.some((word) => word.trim() === value);
}

function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  // Runs of stars are one: many of them in a row would make the search slow.
  return new RegExp(`^${escaped.replace(/\*+/g, '.*').replaceAll('?', '.')}$`, 's');
}
