import type { PhonePreview, RolloutPreview, RolloutSpec } from '../model/rollout.ts';
import { formatMac } from '../wire/mac.ts';
import { lasting } from './rollout-words.ts';
import { table } from './table.ts';

/** What a rollout would do, for people. */
export function previewLines(
  spec: RolloutSpec,
  { groupNames, phones }: RolloutPreview,
): readonly string[] {
  const [refused, meant] = split(phones, ({ refusal }) => refusal !== undefined);
  const groups = groupNames.map((name, index) => {
    const count = meant.filter(({ group }) => group === index).length;
    return `  ${index + 1}. ${name}: ${count} ${count === 1 ? 'phone' : 'phones'}`;
  });
  const noted = meant.filter(({ risks }) => risks.length > 0);
  return [
    `${spec.name}: ${meant.length} of ${phones.length} phones, ${spec.atOnce} at once`,
    ...groups,
    '',
    ...(meant.length > 0 ? [table(head, meant.map(row))] : []),
    ...section('Risks', noted.flatMap(riskLines)),
    ...section('Left out', refused.map(refusalLine)),
  ];
}

const head = ['MAC', 'model', 'group', 'runs', 'hops', 'usually', 'at most', 'risk'];

function row({ mac, model, group, from = 'not known', hops, ...rest }: PhonePreview) {
  const way = hops.length === 0 ? 'restart' : hops.join(', ');
  const times = [lasting(rest.usualMs), lasting(rest.lastsMs)];
  return [formatMac(mac), model, String(group + 1), from, way, ...times, rest.risk];
}

function riskLines({ mac, risks }: PhonePreview): readonly string[] {
  return risks.map((risk) => `  ${formatMac(mac)}  ${risk}`);
}

function refusalLine({ mac, refusal }: PhonePreview): string {
  return `  ${formatMac(mac)}  ${refusal?.code ?? ''}: ${refusal?.text ?? ''}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines];
}

function split<T>(values: readonly T[], isFirst: (value: T) => boolean): readonly [T[], T[]] {
  return [values.filter(isFirst), values.filter((value) => !isFirst(value))];
}
