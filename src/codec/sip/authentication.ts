import { CodecError } from '../../wire/codec-error.ts';
import { isToken, quoted, shown, splitOutside, unquoted, trimmed } from './sip-text.ts';

/** A challenge or its answer: scheme and parameters. RFC 3261 sections 20.7 and 20.44, RFC 8760. */
export type Authentication = {
  /** `Digest` */
  readonly scheme: string;
  /** Names in lower case, values without quotes. */
  readonly parameters: ReadonlyMap<string, string>;
};

/** RFC 7616 section 3.3 and 3.4: these stand without quotes, all others with them. */
const plain: ReadonlySet<string> = new Set(['algorithm', 'nc', 'stale', 'userhash']);

/** Throws CodecError. */
export function parseAuthentication(field: string, text: string): Authentication {
  const fail = (claimed: string): never => {
    throw new CodecError({ field, offset: 0, claimed, actual: shown(text) });
  };
  const [, scheme = '', rest = ''] =
    /^(\S+)\s+(\S[\s\S]*)$/.exec(text) ?? fail('SCHEME name=value, …');
  const parameters = new Map<string, string>();
  for (const part of splitOutside(rest, ',', true)) {
    const equals = part.indexOf('=');
    const name = trimmed(part.slice(0, Math.max(equals, 0))).toLowerCase();
    if (trimmed(part) === '') continue;
    if (!isToken(name)) fail('name=value');
    if (parameters.has(name)) fail(`${name} once`);
    parameters.set(name, unquoted(trimmed(part.slice(equals + 1))));
  }
  return { scheme, parameters };
}

/** `isAnswer`: an Authorization, where qop stands without quotes. */
export function authenticationText(
  { scheme, parameters }: Authentication,
  { isAnswer = false }: { readonly isAnswer?: boolean } = {},
): string {
  const isPlain = (name: string) => plain.has(name) || (isAnswer && name === 'qop');
  const pairs = [...parameters].map(
    ([name, value]) => `${name}=${isPlain(name) ? value : quoted(value)}`,
  );
  return `${scheme} ${pairs.join(', ')}`;
}
