import { attributeOf, child, textOf, type XmlElement } from '../../../../codec/config/xml.ts';
import { keysOf } from '../firmware/device-types.ts';
import type { Problem, Rule } from '../../../shared/lint/rule.ts';
import { authenticationWords } from '../rule-words.ts';
import { hasSipSettings, lineText, type SepFile } from './sep-subject.ts';

const phoneLine = '9';

function at({ line, column }: XmlElement): Pick<Problem, 'line' | 'column'> {
  return { line, column };
}

function linesOf({ keys }: SepFile): readonly XmlElement[] {
  return keys.filter((key) => lineText(key, 'featureID') === phoneLine);
}

function keyName(key: XmlElement): string {
  return `key ${attributeOf(key, 'button')?.value ?? '?'}`;
}

const serverMissing: Rule<SepFile> = {
  code: 'server-missing',
  severity: 'error',
  title: 'USECALLMANAGER without a server',
  consequence: 'The phone registers nowhere, or with the TFTP server.',
  cure: 'Name the server in devicePool/callManagerGroup/…/processNodeName.',
  check(file, report) {
    if (!hasSipSettings(file) || file.servers.some((server) => textOf(server) !== '')) return;
    const line = linesOf(file).find((each) => lineText(each, 'proxy') === 'USECALLMANAGER');
    if (line) report({ text: `${keyName(line)} has no server to register with`, ...at(line) });
  },
};

const noLine: Rule<SepFile> = {
  code: 'line-missing',
  severity: 'error',
  title: 'SIP phone without a line',
  consequence: 'The phone has nothing to register: "Phone not registered", no calls.',
  cure: 'Give at least one key the featureID 9.',
  check(file, report) {
    if (!file.sipProfile || !hasSipSettings(file) || linesOf(file).length > 0) return;
    report({ text: 'no line has featureID 9', ...at(file.sipProfile) });
  },
};

const nameMissing: Rule<SepFile> = {
  code: 'line-name-missing',
  severity: 'error',
  title: 'Line without a name',
  consequence: 'The phone does not register the line: "Line 1 not configured".',
  cure: 'Put the name that the server knows into <name>.',
  check(file, report) {
    if (!hasSipSettings(file)) return;
    for (const line of linesOf(file))
      if (lineText(line, 'name') === '')
        report({ text: `the line on ${keyName(line)} has no name`, ...at(line) });
  },
};

const authentication: Rule<SepFile> = {
  ...authenticationWords,
  check(file, report) {
    if (!hasSipSettings(file)) return;
    for (const line of linesOf(file)) {
      const name = lineText(line, 'authName') !== '';
      const password = lineText(line, 'authPassword') !== '';
      if (name === password) continue;
      const [has, lacks] = name ? ['authName', 'authPassword'] : ['authPassword', 'authName'];
      report({
        text: `${keyName(line)} has ${has} and no ${lacks}`,
        ...at(child(line, has) ?? line),
      });
    }
  },
};

/** A rule for numbers that two keys may not share. */
function sharedNumber(
  words: Omit<Rule<SepFile>, 'check'>,
  attribute: string,
  keysFor: (file: SepFile) => readonly XmlElement[],
): Rule<SepFile> {
  return {
    ...words,
    check(file, report) {
      const seen = new Map<string, number>();
      for (const key of keysFor(file)) {
        const number = attributeOf(key, attribute);
        if (number === undefined) continue;
        const before = seen.get(number.value);
        if (before !== undefined)
          report({ text: `${attribute} ${number.value} as on line ${before}`, ...at(key) });
        seen.set(number.value, key.line);
      }
    },
  };
}

const beyondModel: Rule<SepFile> = {
  code: 'button-beyond-model',
  severity: 'note',
  title: 'More keys than the phone has',
  consequence: 'The phone shows the first ones; the others are nowhere.',
  cure: 'Take them out, or name the side car in addOnModules.',
  check({ keys, loadName, root }, report) {
    if (loadName?.hardware === undefined || child(root, 'addOnModules')?.children.length) return;
    const most = keysOf(loadName.hardware);
    const beyond = keys.filter((key) => Number(attributeOf(key, 'button')?.value) > most);
    const [first] = beyond;
    if (first === undefined) return;
    const more = beyond.length > 1 ? ` and ${beyond.length - 1} more` : '';
    const phones = `phones with ${loadName.image.canonical} have up to ${most}`;
    report({ text: `${keyName(first)}${more}; ${phones}`, ...at(first) });
  },
};

/** usecallmanager.nz, "Line Keys". */
const features = new Set(
  [1, 2, 3, 4, 5, 9, 18, 20, 21, 22, 23, 27, 102, 123, 126, 127, 128, 130, 132, 133, 134, 135]
    .concat([137, 139, 140, 141, 142, 159, 192, 194, 195, 197, 198])
    .map(String),
);

const unknownFeature: Rule<SepFile> = {
  code: 'feature-unknown',
  severity: 'warning',
  title: 'Key with a feature that no document knows',
  consequence: 'The key does nothing.',
  cure: 'Use 9 for a line, 2 for a speed dial, 21 for one with lamp, 20 for a service.',
  check({ keys }, report) {
    for (const key of keys) {
      const feature = child(key, 'featureID');
      const number = textOf(feature);
      if (feature && number !== '' && !/[{$]/.test(number) && !features.has(number))
        report({ text: `featureID ${number} on ${keyName(key)}`, ...at(feature) });
    }
  },
};

const busyTrigger: Rule<SepFile> = {
  code: 'busy-trigger',
  severity: 'warning',
  title: 'busyTrigger above maxNumCalls',
  consequence: 'The line never says that it is busy.',
  cure: 'Set busyTrigger to maxNumCalls or less.',
  check({ keys }, report) {
    for (const key of keys) {
      const trigger = child(key, 'busyTrigger');
      const most = Number(lineText(key, 'maxNumCalls') || NaN);
      if (trigger && Number(textOf(trigger)) > most)
        report({ text: `busyTrigger ${textOf(trigger)}, maxNumCalls ${most}`, ...at(trigger) });
    }
  },
};

export const sepLineRules: readonly Rule<SepFile>[] = [
  serverMissing,
  noLine,
  nameMissing,
  authentication,
  sharedNumber(
    {
      code: 'button-repeated',
      severity: 'error',
      title: 'Two entries for one key',
      consequence: 'The phone shows one of them.',
      cure: 'Number the keys from 1.',
    },
    'button',
    ({ keys }) => keys,
  ),
  sharedNumber(
    {
      code: 'line-index-repeated',
      severity: 'error',
      title: 'Two lines with one lineIndex',
      consequence: 'The phone registers one of them.',
      cure: 'Number the lines from 1.',
    },
    'lineIndex',
    linesOf,
  ),
  beyondModel,
  unknownFeature,
  busyTrigger,
];
