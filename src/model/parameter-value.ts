import { isIPv4 } from '../wire/ipv4.ts';
import { nearestWord } from './nearest-word.ts';
import type { Parameter, ValueType } from './parameter.ts';

type Check<Kind extends ValueType['kind']> = (
  type: Extract<ValueType, { kind: Kind }>,
  value: string,
) => string | undefined;

const hostName =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?$/i;

const checks: { readonly [Kind in ValueType['kind']]: Check<Kind> } = {
  integer({ min, max }, value) {
    const number = Number(value);
    const fits = /^[+-]?\d+$/.test(value) && number >= min && number <= (max ?? Infinity);
    return fits ? undefined : `a whole number ${range(min, max)}`;
  },
  choice({ values, anyCase }, value) {
    const plain = (text: string) => (anyCase ? text.toLowerCase() : text);
    if (values.some(([allowed]) => plain(allowed) === plain(value))) return undefined;
    return oneOf(
      values.map(([allowed]) => allowed),
      value,
    );
  },
  text({ most, blanks }, value) {
    if (most !== undefined && value.length > most) return `at most ${most} characters`;
    return blanks === false && /\s/.test(value) ? 'text without blanks' : undefined;
  },
  address({ names, words = [] }, value) {
    if (isIPv4(value) || words.includes(value)) return undefined;
    // Digits and dots alone are a mistyped address, not a name.
    if (names && hostName.test(value) && !/^[\d.]+$/.test(value)) return undefined;
    return names ? 'an IPv4 address or a name' : 'an IPv4 address in dotted form';
  },
  url({ most }, value) {
    if (most !== undefined && value.length > most) return `a URL of at most ${most} characters`;
    return URL.canParse(value) ? undefined : 'a URL';
  },
  image: (_type, value) =>
    /^[\w.()-]+$/.test(value) ? undefined : 'an image name without blanks and extension',
  form: ({ pattern, form }, value) => (pattern.test(value) ? undefined : form),
};

/** Long lists are not spelt out. */
function oneOf(allowed: readonly string[], value: string): string {
  if (allowed.length <= 12) return `one of ${allowed.join(', ')}`;
  const nearest = nearestWord(value, allowed);
  const others = `of the ${allowed.length} values of the reference`;
  return nearest === undefined ? `one ${others}` : `${nearest} or another ${others}`;
}

function range(min: number, max: number | undefined): string {
  if (max !== undefined) return `from ${min} to ${max}`;
  return `from ${min} up`;
}

/** What the value should be instead; undefined when it is right. The empty value is always right. */
export function valueProblem({ type }: Parameter, value: string): string | undefined {
  if (value === '') return undefined;
  // The table has the right check for each kind; TypeScript cannot follow the pairing.
  const check = checks[type.kind] as Check<ValueType['kind']>;
  return check(type, value);
}

/** What a value may be, in words, for help and reference. */
export function typeWords(type: ValueType): string {
  switch (type.kind) {
    case 'integer':
      return type.max === undefined ? `whole number, ${type.min} up` : `${type.min} to ${type.max}`;
    case 'choice':
      return type.values.map(([value, meaning]) => `${value}: ${meaning}`).join('; ');
    case 'text': {
      const plain = type.blanks === false ? 'text without blanks' : 'text';
      return type.most === undefined ? plain : `${plain}, up to ${type.most} characters`;
    }
    case 'address': {
      const plain = type.names ? 'IPv4 address or name' : 'IPv4 address';
      return [plain, ...(type.words ?? [])].join(' or ');
    }
    case 'url':
      return type.most === undefined ? 'URL' : `URL, up to ${type.most} characters`;
    case 'image':
      return 'image name';
    case 'form':
      return type.form;
  }
}
