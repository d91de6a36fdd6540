import {
  attributeOf,
  children,
  type XmlAttribute,
  type XmlElement,
} from '../../../../codec/config/xml.ts';

/** A TEMPLATE as phones read it. */
export type Template = {
  readonly element: XmlElement;
  /** Undefined where there is none. */
  readonly match: XmlAttribute | undefined;
  /** Seconds; 10 where the template does not say. */
  readonly timeout: number;
  /** 0 is for all lines. */
  readonly line: number;
  readonly rewrite: XmlAttribute | undefined;
  readonly pattern: Pattern;
};

/** What a MATCH stands for, sign by sign, without escapes and dial tones. */
export type Pattern = readonly PatternSign[];
export type PatternSign =
  | { readonly kind: 'digit'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'many' };

export type DialPlan = {
  readonly root: XmlElement;
  /** Bytes of the file. */
  readonly size: number;
  readonly templates: readonly Template[];
};

const defaultTimeout = 10;

export function dialPlanOf(root: XmlElement, size: number): DialPlan {
  return { root, size, templates: children(root, 'TEMPLATE').map(templateOf) };
}

function templateOf(element: XmlElement): Template {
  const match = attributeOf(element, 'MATCH');
  const timeout = attributeOf(element, 'TIMEOUT')?.value;
  return {
    element,
    match,
    timeout: timeout === undefined ? defaultTimeout : leadingNumber(timeout),
    line: leadingNumber(attributeOf(element, 'LINE')?.value ?? '0'),
    rewrite: attributeOf(element, 'REWRITE'),
    pattern: patternOf(match?.value ?? ''),
  };
}

/** As C's atoi reads it: what is no number is 0. */
function leadingNumber(text: string): number {
  return Number(/^\s*([+-]?\d+)/.exec(text)?.[1] ?? '0');
}

export function patternOf(match: string): Pattern {
  const signs: PatternSign[] = [];
  for (const [sign = ''] of match.matchAll(/\\.|[^,]/gs)) {
    if (sign === '.') signs.push({ kind: 'any' });
    else if (sign === '*') signs.push({ kind: 'many' });
    else signs.push({ kind: 'digit', text: sign.length > 1 ? sign.slice(1) : sign });
  }
  return signs;
}

/** Groups that REWRITE may name: each `*` and each row of dots. */
export function groupsOf(pattern: Pattern): number {
  return pattern.filter(
    ({ kind }, at) => kind === 'many' || (kind === 'any' && pattern[at - 1]?.kind !== 'any'),
  ).length;
}
