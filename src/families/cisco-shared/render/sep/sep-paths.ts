/** Elements of a phone's file that stand in it several times, by their path from `device`. */
export const repeatedPaths: readonly string[] = [
  'devicePool/dateTimeSetting/ntps/ntp',
  'devicePool/callManagerGroup/members/member',
  'TVS/members/member',
  'sipProfile/sipLines/line',
  'phoneServices/phoneService',
  'addOnModules/addOnModule',
  'capfList/capf',
];

export const linePath = 'sipProfile/sipLines/line';
export const memberPath = 'devicePool/callManagerGroup/members/member';

/** The deepest repeated element that a path lies in, if any. */
export function repeatedIn(path: string): string | undefined {
  return repeatedPaths.find((repeated) => path.startsWith(`${repeated}/`));
}

const mostInstances = 999;

/**
 * A path with the number of its repeated element: `sipProfile/sipLines/line[2]/name`. Without the
 * number it means all of them. Undefined where a number stands behind another element.
 */
export function parseSepPath(
  name: string,
): { readonly path: string; readonly index?: number } | undefined {
  const marks = [...name.matchAll(/\[(\d{1,3})\]/g)];
  const [mark] = marks;
  if (mark === undefined) return { path: name };
  const index = Number(mark[1]);
  const path = name.replace(mark[0], '');
  const repeated = name.slice(0, mark.index).toLowerCase();
  const fits = repeatedPaths.some((known) => known.toLowerCase() === repeated);
  if (marks.length > 1 || !fits || index < 1 || index > mostInstances) return undefined;
  return { path, index };
}

/** The opposite of `parseSepPath`; a path in no repeated element stays as it is. */
export function numberedPath(path: string, index: number): string {
  const repeated = repeatedIn(path);
  return repeated === undefined ? path : `${repeated}[${index}]${path.slice(repeated.length)}`;
}
