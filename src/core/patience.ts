import type { Lasting, RestartTimes } from '../model/family-restart.ts';
import type { PhoneFamily } from '../model/family.ts';

/**
 * The same families, whose phones may take so many times as long before they count as late or lost.
 * What is usual stays beside it in the same measure.
 */
export function withPatience(
  families: readonly PhoneFamily[],
  patience: number,
): readonly PhoneFamily[] {
  return patience === 1 ? families : families.map((family) => patientFamily(family, patience));
}

function patientFamily(family: PhoneFamily, patience: number): PhoneFamily {
  const { watch, restart } = family;
  const expects: PhoneFamily['watch']['expects'] = (state) => {
    const expected = watch.expects(state);
    return expected && { ...expected, withinMs: expected.withinMs * patience };
  };
  return {
    ...family,
    watch: { ...watch, expects },
    ...(restart && {
      restart: { ...restart, times: (model) => timesWith(patience, restart.times(model)) },
    }),
  };
}

function timesWith(
  patience: number,
  { hear, start, hop, register, silentMs, boots }: RestartTimes,
): RestartTimes {
  const lasting = ({ usualMs, withinMs }: Lasting): Lasting => ({
    usualMs: usualMs * patience,
    withinMs: withinMs * patience,
  });
  return {
    ...{ hear: lasting(hear), start: lasting(start), hop: lasting(hop) },
    ...{ register: lasting(register), silentMs: silentMs * patience, boots },
  };
}
