import type { Rule } from '../../shared/lint/rule.ts';

/** What a rule says of itself, for rules that look at more than one kind of file. */
export type RuleWords = Omit<Rule<unknown>, 'check'>;

export const badValueWords: RuleWords = {
  code: 'bad-value',
  severity: 'error',
  title: 'Value that the parameter cannot have',
  consequence: 'The phone takes its default, or what it had before.',
  cure: 'Write a value as the text says.',
};

export const placeholderWords: RuleWords = {
  code: 'placeholder-left',
  severity: 'warning',
  title: 'Placeholder in place of a value',
  consequence: 'The phone takes the text as it stands.',
  cure: 'Put the values in, or leave them empty.',
};

export const secretWords: RuleWords = {
  code: 'secret-in-common-file',
  severity: 'warning',
  title: 'Password in a file for all phones',
  consequence: 'Everyone who can reach the server reads it: the name of the file is known.',
  cure: 'Put it into the files of the phones, or leave it out.',
};

export const authenticationWords: RuleWords = {
  code: 'authentication-incomplete',
  severity: 'warning',
  title: 'Name without password, or password without name, for authentication',
  consequence: 'The phone takes the other half of the first line, or none, and is turned away.',
  cure: 'Give the line both, or neither: then it takes both of the first line.',
};

export const mediaPortsWords: RuleWords = {
  code: 'media-ports-crossed',
  severity: 'error',
  title: 'First media port above the last',
  consequence: 'The phone has no ports for speech: calls are silent.',
  cure: 'Set the first port below the last; 16384 and 32766 are the defaults.',
};

export const timersWords: RuleWords = {
  code: 'timers-crossed',
  severity: 'error',
  title: 'Timer T2 not above timer T1',
  consequence: 'Requests are sent again at the wrong times.',
  cure: 'Leave both out: 500 and 4000 milliseconds are the defaults.',
};

export const loadModelWords: RuleWords = {
  code: 'load-model',
  severity: 'warning',
  title: 'Load for other phones than its model attribute says',
  consequence: 'The phone goes by the load alone and rejects it where it is for other hardware.',
  cure: 'Name the load for the model, or mend the attribute.',
};

/** Of a file, all its placeholders in one finding. */
export function placeholderText(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const shown = distinct.slice(0, 3).join(', ');
  const rest = distinct.length > 3 ? ', …' : '';
  const count = names.length === 1 ? 'a placeholder' : `${names.length} placeholders`;
  return `${count} left: ${shown}${rest}`;
}
