import { dhcpFaults } from './dhcp-faults.ts';
import type { Fault, FamilyRules, FaultyParts } from './fault.ts';
import { flashFaults } from './flash-faults.ts';
import { networkFaults } from './network-faults.ts';
import { phoneFaults } from './phone-faults.ts';
import { unistimFaults } from './unistim-faults.ts';

/** All that can be wrong with a twin. */
export const faults: readonly Fault[] = [
  ...networkFaults,
  ...dhcpFaults,
  ...flashFaults,
  ...phoneFaults,
  ...unistimFaults,
];

/** A fault that a twin is to have. */
export type ChosenFault = { readonly fault: Fault; readonly value: number };

/** Reads `NAME` or `NAME=NUMBER`; a text where it is neither, which says why. */
export function chooseFault(text: string): ChosenFault | string {
  const [, name = '', number] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const fault = faults.find((each) => each.name === name);
  if (fault === undefined)
    return `there is no fault "${name}"; there are ${faults.map((each) => each.name).join(', ')}`;
  if (number === undefined) return { fault, value: fault.value?.usual ?? 0 };
  if (fault.value === undefined) return `"${name}" takes no number`;
  if (/^\d+(\.\d+)?$/.test(number)) return { fault, value: Number(number) };
  return `"${text}": write ${name}=NUMBER (${fault.value.what})`;
}

/** The same twin with these faults; those that its family cannot have change nothing. */
export function withFaults<T, P extends FaultyParts<T>>(
  parts: P,
  rules: FamilyRules<T>,
  chosen: readonly ChosenFault[],
): P {
  return chosen
    .filter(({ fault }) => fault.families.includes(rules.family))
    .reduce((changed, { fault, value }) => fault.apply<T, P>(changed, rules, value), parts);
}
