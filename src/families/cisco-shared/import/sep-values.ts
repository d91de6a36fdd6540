import type { Place } from '../../../codec/text/place.ts';
import { xmlValues } from '../../../codec/config/xml-values.ts';
import type { XmlElement } from '../../../codec/config/xml.ts';
import { repeatedPaths } from '../render/sep/sep-paths.ts';

/** A value of a `SEP<MAC>.cnf.xml` and where it stands. */
export type SepValue = Place & {
  /** `sipProfile/sipLines/line[1]/@button`; repeated elements are counted from 1 as they stand. */
  readonly path: string;
  readonly value: string;
  /** An element that must not be repeated stands before it; that one counts. */
  readonly again: boolean;
};

/** All values of a phone's file, in their order. */
export function sepValues(root: XmlElement): readonly SepValue[] {
  return xmlValues(root).map(({ path, value, line, column }) => ({
    ...numbered(path.replace('@', '/@').replace(/^\//, '')),
    ...{ value, line, column },
  }));
}

/** Numbers stand behind the elements that may be repeated, and behind no others. */
function numbered(path: string): { readonly path: string; readonly again: boolean } {
  let plain = '';
  let again = false;
  const steps = path.split('/').map((step) => {
    const [, name = step, number = '1'] = /^(.*)\[(\d+)\]$/.exec(step) ?? [];
    plain = plain === '' ? name : `${plain}/${name}`;
    if (repeatedPaths.includes(plain)) return `${name}[${number}]`;
    again ||= number !== '1';
    return name;
  });
  return { path: steps.join('/'), again };
}
