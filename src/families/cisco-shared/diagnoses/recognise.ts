import type { Recognised, Traces } from '../../../model/family.ts';
import type { Model } from '../../../model/phone.ts';

/** What a path says: how surely it is of this family, and the model where it tells. */
export type PathRow = {
  readonly path: RegExp;
  readonly score: number;
  /** By what the expression's first group caught. */
  readonly model?: (caught: string) => string | undefined;
};

/** Cisco phones name themselves in DHCP option 60 and in SIP's User-Agent. */
const named = /(?:IP Phone|Cisco[-/ ])\s*(?:CP-?)?(79\d\d)(G-GE)?/i;
const namesVendor =
  /^Cisco Systems,? Inc\.? (?:IP|Wireless) Phone|^Cisco-(?:CP|SIPIPPhone)|^CSCO\/\d/i;
const ownHostName = /^SEP[0-9A-F]{12}$/i;

/** The surest of what names, options and paths say. */
export function recogniseCisco(
  { paths, vendorClasses, hostNames, userAgents }: Traces,
  models: readonly Model[],
  rows: readonly PathRow[],
): Recognised | undefined {
  const found = [
    ...[...vendorClasses, ...userAgents].map((text) => byName(text, models)),
    ...paths.map((path) => byPath(path, rows)),
    ...hostNames.map((name): Recognised | undefined =>
      ownHostName.test(name) ? { score: 15, because: `its host name is ${name}` } : undefined,
    ),
  ].filter((each) => each !== undefined);
  const best = found.reduce<Recognised | undefined>(
    (most, each) => (most === undefined || each.score > most.score ? each : most),
    undefined,
  );
  const model = best?.model ?? found.find((each) => each.model !== undefined)?.model;
  return best && { ...best, ...(model === undefined ? {} : { model }) };
}

function byName(text: string, models: readonly Model[]): Recognised | undefined {
  const [, number, ge = ''] = named.exec(text) ?? [];
  const because = `it calls itself ${text.replace(/\0+$/, '')}`;
  if (number === undefined) return namesVendor.test(text) ? { score: 10, because } : undefined;
  const model =
    models.find(({ name }) => name === `${number}${ge.toUpperCase()}`) ??
    models.find(({ name }) => name === number);
  return model && { score: 95, model: model.name, because };
}

function byPath(path: string, rows: readonly PathRow[]): Recognised | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  for (const { path: pattern, score, model } of rows) {
    const match = pattern.exec(name);
    if (!match) continue;
    const told = model?.(match[1] ?? '');
    return { score, because: `asks for ${name}`, ...(told === undefined ? {} : { model: told }) };
  }
  return undefined;
}
