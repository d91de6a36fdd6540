import { attributeOf, child, textOf, type XmlElement } from '../../../../codec/config/xml.ts';
import { deviceTypes } from '../firmware/device-types.ts';
import type { LoadName } from '../firmware/load-name.ts';
import type { Rule } from '../../../shared/lint/rule.ts';
import { loadModelWords, mediaPortsWords, type RuleWords, timersWords } from '../rule-words.ts';
import { hasSipSettings, type SepFile } from './sep-subject.ts';

const protocol: Rule<SepFile> = {
  code: 'load-protocol',
  severity: 'error',
  title: 'Load of another protocol than deviceProtocol',
  consequence: 'The phone installs the load and does not find its settings in the file.',
  cure: 'Make deviceProtocol and loadInformation say the same.',
  check({ protocol: said, loadName, load }, report) {
    const spoken = loadName?.image.protocol ?? 'none';
    if (!load || said === '' || spoken === 'none' || spoken === said) return;
    const { line, column } = load;
    report({ text: `deviceProtocol is ${said}, the load speaks ${spoken}`, line, column });
  },
};

/** The hardware of the one model that the text names. */
export function hardwareInText(text: string): string | undefined {
  const numbers = new Set(text.match(/\b79\d\d/g));
  const [model] = numbers;
  if (numbers.size !== 1 || model === undefined) return undefined;
  return deviceTypes.find((type) => type.model.startsWith(model))?.hardware;
}

/** Why the load cannot be for the model in the text. */
export function modelConflict(load: XmlElement, name: LoadName | undefined): string | undefined {
  const model = attributeOf(load, 'model')?.value ?? '';
  const wanted = hardwareInText(model);
  if (wanted === undefined || name?.hardware === undefined || name.hardware === wanted)
    return undefined;
  return `${name.image.canonical} is for other phones than "${model}"`;
}

const model: Rule<SepFile> = {
  ...loadModelWords,
  check({ load, loadName }, report) {
    const text = load && modelConflict(load, loadName);
    if (text !== undefined) report({ text, line: load?.line ?? 1, column: load?.column ?? 1 });
  },
};

/** A rule for two elements of sipProfile that hold whole numbers. */
function orderRule(
  words: RuleWords,
  find: (profile: XmlElement) => readonly [low?: XmlElement, high?: XmlElement],
  isWrong: (low: number, high: number) => boolean,
): Rule<SepFile> {
  return {
    ...words,
    check(file, report) {
      if (!file.sipProfile || !hasSipSettings(file)) return;
      const [low, high] = find(file.sipProfile);
      const values = [textOf(low), textOf(high)];
      if (!low || !high || !values.every((value) => /^\d+$/.test(value))) return;
      if (!isWrong(Number(values[0]), Number(values[1]))) return;
      const text = `${low.name} ${textOf(low)}, ${high.name} ${textOf(high)}`;
      report({ text, line: low.line, column: low.column });
    },
  };
}

const mediaPorts = orderRule(
  mediaPortsWords,
  (profile) => [child(profile, 'startMediaPort'), child(profile, 'stopMediaPort')],
  (start, stop) => start > stop,
);

const timers = orderRule(
  timersWords,
  (profile) => {
    const stack = child(profile, 'sipStack');
    return stack ? [child(stack, 'timerT1'), child(stack, 'timerT2')] : [];
  },
  (t1, t2) => t2 <= t1,
);

const transport: Rule<SepFile> = {
  code: 'transport-security',
  severity: 'error',
  title: 'TLS without a device security mode',
  consequence: 'The phone does not use TLS and does not register.',
  cure: 'Set deviceSecurityMode to 2 or 3, or transportLayerProtocol to 1.',
  check({ root }, report) {
    const used = child(root, 'transportLayerProtocol');
    const mode = textOf(child(root, 'deviceSecurityMode'));
    if (!used || textOf(used) !== '3' || mode === '2' || mode === '3') return;
    const { line, column } = used;
    report({ text: `TLS with deviceSecurityMode "${mode}"`, line, column });
  },
};

export const sepLoadRules: readonly Rule<SepFile>[] = [
  protocol,
  model,
  mediaPorts,
  timers,
  transport,
];
