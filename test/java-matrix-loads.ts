import { javaModels } from '../src/twin/cisco-java/models.ts';

/** Loads across 8.0 to 9.4, `41` standing for the hardware. */
const releases = [
  ...['SCCP41.8-0-4S', 'SIP41.8-2-1S', 'SCCP41.8-3-1S', 'SIP41.8-3-3S', 'SCCP41.8-4-2S'],
  ...['SIP41.8-5-2S', 'SCCP41.8-5-2S', 'SIP41.8-5-2SR1S', 'SCCP41.8-5-4S', 'SIP41.9-0-3S'],
  ...['SCCP41.9-2-1S', 'SIP41.9-2-3S', 'SCCP41.9-3-1SR4-1S', 'SIP41.9-4-2SR3-1S'],
];
/** Where 8.5(2) and the first load of the newer key stand. */
export const sip852 = releases.indexOf('SIP41.8-5-2S');
export const firstNewKey = releases.indexOf('SIP41.8-5-2SR1S');

export function loadsFor(hardware: string): readonly string[] {
  return releases.map((load) => load.replace('41.', `${hardware}.`));
}

/** One model of each hardware: phones of one hardware run the same loads. */
export const models = [...Map.groupBy(javaModels, ({ hardware }) => hardware).values()].map(
  ([model]) => model!,
);
