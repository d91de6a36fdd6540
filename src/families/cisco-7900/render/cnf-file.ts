import { writeCnf } from '../../../codec/config/cnf.ts';
import type { RenderedFile, WrittenValue } from '../../../model/render.ts';
import { inSections } from './cnf-sections.ts';

/** A `.cnf` file with a heading over each group of keys. Each key once. */
export function cnfFile(
  path: string,
  heading: string,
  values: readonly WrittenValue[],
): RenderedFile {
  const sorted = inSections(values);
  const texts = sorted.map((section) =>
    writeCnf(
      section.values.map(({ key, value }) => [key, value]),
      section.heading,
    ),
  );
  const content = [writeCnf([], heading), ...texts].join('\n');
  return { path, content, values: sorted.flatMap((section) => section.values) };
}

/** What the syntax cannot hold in a value; undefined when it can be written. */
export function unwritableIn(value: string): string | undefined {
  if (value.includes('"')) return 'a quote';
  return /[\x00-\x1f\x7f]/.test(value) ? 'a control character' : undefined;
}
