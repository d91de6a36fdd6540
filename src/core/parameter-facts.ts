import { typeWords } from '../model/parameter-value.ts';
import type { Parameter, ValueType } from '../model/parameter.ts';

/** What is known of a parameter, for people: label and words. */
export type ParameterFact = {
  readonly label: string;
  readonly words: string;
  /** The words are a value or a key, as it is written in files. */
  readonly literal?: boolean;
};

const places = {
  common: "the default file, or the phone's own",
  phone: "the phone's own file",
  menu: 'no file: on the phone',
} as const satisfies Record<Parameter['place'], string>;

const userWords = {
  yes: 'can be changed',
  no: 'is shown',
  'by value': 'the user may change it while it is 0 or 1',
} as const satisfies Record<NonNullable<Parameter['userMayChange']>, string>;

/** All that a parameter's row says, its name and help left out, in the order for reading. */
export function parameterFacts(parameter: Parameter): readonly ParameterFact[] {
  const { indexes, aliases = [], place, menu, userMayChange, secret } = parameter;
  const facts: readonly (ParameterFact | undefined)[] = [
    indexes && { label: 'N', words: `${indexes[0]} to ${indexes[1]}` },
    { label: 'Values', words: valueWords(parameter.type) },
    fact('Default', parameter.default, true),
    fact('Unit', parameter.unit),
    fact('Required', parameter.required),
    { label: 'Stands in', words: places[place] },
    fact('Menu', menu),
    userMayChange && { label: 'On the phone', words: userWords[userMayChange] },
    parameter.stored ? { label: 'Kept in flash', words: 'yes' } : undefined,
    secret ? { label: 'Secret', words: 'shown to nobody' } : undefined,
    fact('Since release', parameter.since),
    ...aliases.map((alias) => ({ label: 'Also written', words: alias, literal: true })),
    fact('Source', parameter.source),
    fact('Confidence', parameter.confidence),
  ];
  return facts.filter((each) => each !== undefined);
}

/** Values of a choice in one line; `typeWords` for all else. */
export function valueWords(type: ValueType): string {
  if (type.kind !== 'choice') return typeWords(type);
  const words = type.values.map(([value, meaning]) => `${value} (${meaning})`).join(', ');
  return type.anyCase ? `${words}, in any letter case` : words;
}

function fact(
  label: string,
  words: string | undefined,
  literal?: boolean,
): ParameterFact | undefined {
  if (words === undefined) return undefined;
  return { label, words, ...(literal && { literal }) };
}
