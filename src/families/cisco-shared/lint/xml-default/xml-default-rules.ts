import { attributeOf, children, textOf, type XmlElement } from '../../../../codec/config/xml.ts';
import { deviceTypes, modelOf } from '../firmware/device-types.ts';
import { readLoadName } from '../firmware/load-name.ts';
import { isPlaceholder } from '../../../shared/lint/placeholder.ts';
import type { Problem, Rule } from '../../../shared/lint/rule.ts';
import { hardwareInText, modelConflict } from '../sep/load-rules.ts';
import { secretSettings } from '../../secrets/secret-settings.ts';
import { loadModelWords, placeholderText, placeholderWords, secretWords } from '../rule-words.ts';
import { serversOf } from '../sep/sep-subject.ts';

/** An element `loadInformation<number>`, or one without number. */
export type DefaultLoad = {
  readonly element: XmlElement;
  readonly number: number | undefined;
  readonly image: string;
};

/** `XMLDefault.cnf.xml` */
export type XmlDefaultFile = {
  readonly root: XmlElement;
  readonly loads: readonly DefaultLoad[];
};

export function xmlDefaultOf(root: XmlElement): XmlDefaultFile {
  const loads = children(root).flatMap((element) => {
    const [whole, digits = ''] = /^loadInformation(\d{0,9})$/.exec(element.name) ?? [];
    if (whole === undefined) return [];
    const number = digits === '' ? undefined : Number(digits);
    return [{ element, number, image: textOf(element) }];
  });
  return { root, loads };
}

function at({ element }: DefaultLoad): Pick<Problem, 'line' | 'column'> {
  return { line: element.line, column: element.column };
}

const unknownNumber: Rule<XmlDefaultFile> = {
  code: 'device-type-unknown',
  severity: 'warning',
  title: 'Device type number that no phone has',
  consequence: 'No phone reads the line.',
  cure: 'Use the number of the model: 8 is the 7940, 7 the 7960, 30018 the 7961.',
  check({ loads }, report) {
    for (const load of loads)
      if (load.number !== undefined && modelOf(load.number) === undefined)
        report({ text: `no model has the number ${load.number}`, ...at(load) });
  },
};

/** Why the phones of the number cannot run the load. */
function otherHardware({ number, image, element }: DefaultLoad): string | undefined {
  const model = number === undefined ? undefined : modelOf(number);
  const load = readLoadName(image);
  if (model === undefined || load?.hardware === undefined) return undefined;
  const hardware = deviceTypes.find((each) => each.number === number)?.hardware;
  if (load.hardware === hardware) return undefined;
  // With a model that fits the load it is the number that is wrong.
  const said = attributeOf(element, 'model')?.value ?? '';
  if (hardware === undefined && hardwareInText(said) === load.hardware) return undefined;
  return `${number ?? ''} is the ${model}, and ${load.image.canonical} is for other phones`;
}

const wrongLoad: Rule<XmlDefaultFile> = {
  code: 'image-of-other-hardware',
  severity: 'error',
  title: 'Load of another model',
  consequence: 'The phone rejects the load and keeps what it runs.',
  cure: 'Name a load for the model, or use the number of the model that the load is for.',
  check({ loads }, report) {
    for (const load of loads) {
      const text = otherHardware(load);
      if (text !== undefined) report({ text, ...at(load) });
    }
  },
};

const modelText: Rule<XmlDefaultFile> = {
  code: 'device-type-mismatch',
  severity: 'warning',
  title: 'Device type number and model attribute disagree',
  consequence: 'Phones go by the number: the line is for another model than it says.',
  cure: 'Use the number of the model.',
  check({ loads }, report) {
    for (const load of loads) {
      const model = load.number === undefined ? undefined : modelOf(load.number);
      const text = attributeOf(load.element, 'model')?.value ?? '';
      const [said] = /\b[6-9]\d\d\d/.exec(text) ?? [];
      if (model === undefined || said === undefined || otherHardware(load) !== undefined) continue;
      if (model.includes(said)) continue;
      report({ text: `${load.number ?? ''} is the ${model}, not the ${said}`, ...at(load) });
    }
  },
};

const loadModel: Rule<XmlDefaultFile> = {
  ...loadModelWords,
  check({ loads }, report) {
    for (const load of loads) {
      if (otherHardware(load) !== undefined) continue;
      const text = modelConflict(load.element, readLoadName(load.image));
      if (text !== undefined) report({ text, ...at(load) });
    }
  },
};

const repeatedNumber: Rule<XmlDefaultFile> = {
  code: 'device-type-repeated',
  severity: 'warning',
  title: 'One device type number with two loads',
  consequence: 'The phone takes one of them; no document says which.',
  cure: 'Keep one.',
  check({ loads }, report) {
    const seen = new Map<number, DefaultLoad>();
    for (const load of loads) {
      if (load.number === undefined) continue;
      const before = seen.get(load.number);
      if (before && before.image !== load.image)
        report({ text: `${load.number} stands on line ${before.element.line} too`, ...at(load) });
      seen.set(load.number, before ?? load);
    }
  },
};

const placeholderLeft: Rule<XmlDefaultFile> = {
  ...placeholderWords,
  check({ root, loads }, report) {
    const elements = [...serversOf(root), ...loads.map(({ element }) => element)];
    const left = elements.filter((element) => isPlaceholder(textOf(element)));
    const [first] = left;
    if (!first) return;
    const { line, column } = first;
    report({ text: placeholderText(left.map(({ name }) => name)), line, column });
  },
};

const secret: Rule<XmlDefaultFile> = {
  ...secretWords,
  check({ root }, report) {
    for (const element of children(root)) {
      const value = textOf(element);
      if (!secretSettings.has(element.name) || value === '' || isPlaceholder(value)) continue;
      const { name, line, column } = element;
      report({ text: `${name} can be read by everyone`, line, column });
    }
  },
};

/** Numbers are Cisco's device types, as in the files of call managers. */
export const xmlDefaultRules: readonly Rule<XmlDefaultFile>[] = [
  unknownNumber,
  wrongLoad,
  modelText,
  loadModel,
  repeatedNumber,
  placeholderLeft,
  secret,
];
