import { type CnfDocument, cnfValues, decodeCnf } from '../../../codec/config/cnf.ts';
import { decodeLoadMap } from '../../../codec/config/load-map.ts';
import { decodeLoads } from '../../../codec/config/loads.ts';
import { decodeOs79xx } from '../../../codec/config/os79xx.ts';
import { decodeRingList } from '../../../codec/config/ring-list.ts';
import type { DecodedData } from '../../../model/family.ts';
import { shown } from './secrets.ts';

/** Values by key in lower case; which of them the file says are none; what repeated keys say. */
export function describeCnf(text: string): DecodedData {
  const document = decodeCnf(text);
  const values = [...cnfValues(document)];
  const repeated = repeatsOf(document);
  return {
    values: Object.fromEntries(values.map(([key, value]) => [key, shown(key, value)])),
    unprovisioned: values.filter(([, value]) => value === '').map(([key]) => key),
    ...(repeated.length > 0 ? { repeated: Object.fromEntries(repeated) } : {}),
    notes: document.notes,
  };
}

export function describeOs79xx(text: string): DecodedData {
  const { image, notes } = decodeOs79xx(text);
  return { image, notes };
}

export function describeRingList(text: string): DecodedData {
  const { rings, notes } = decodeRingList(text);
  return { rings, notes };
}

export function describeLoads(text: string): DecodedData {
  const { files, laVersion, notes } = decodeLoads(text);
  return { files, ...(laVersion === undefined ? {} : { laVersion }), notes };
}

export function describeLoadMap(text: string): DecodedData {
  const { loads, notes } = decodeLoadMap(text);
  return { loads, notes };
}

/** What each repeated key says, in order; the last one counts. */
function repeatsOf({ lines }: CnfDocument): readonly (readonly [string, readonly string[]])[] {
  const said = Map.groupBy(
    lines.filter((line) => line.kind === 'entry'),
    ({ key }) => key,
  );
  return [...said].flatMap(([key, entries]) =>
    entries.length < 2 ? [] : [[key, entries.map(({ value }) => shown(key, value ?? ''))] as const],
  );
}
