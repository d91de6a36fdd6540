import { children, type XmlAttribute } from '../../../../codec/config/xml.ts';
import { nearestWord } from '../../../../model/nearest-word.ts';
import type { Rule } from '../../../shared/lint/rule.ts';
import type { DialPlan } from './dial-plan-subject.ts';

const attributeNames = ['MATCH', 'LINE', 'TIMEOUT', 'USER', 'REWRITE', 'ROUTE', 'TONE'];

const bellcore = [
  ...['Inside', 'Outside', 'Busy', 'Alerting', 'BusyVerify', 'Stutter', 'MsgWaiting', 'Reorder'],
  ...['CallWaiting', 'Cw2', 'Cw3', 'Cw4', 'Hold', 'Confirmation', 'Permanent', 'Reminder', 'None'],
].map((name) => `Bellcore-${name}`);

const words: Readonly<Record<string, readonly string[]>> = {
  USER: ['Phone', 'IP'],
  ROUTE: ['Default', 'Emergency', 'FQDN'],
  TONE: ['', ...bellcore, 'Cisco-ZipZip', 'Cisco-Zip', 'Cisco-BeepBonk'],
};

export const maxBytes = 0x2000;

const wrongRoot: Rule<DialPlan> = {
  code: 'dial-plan-root',
  severity: 'error',
  title: 'Dial plan in another element than DIALTEMPLATE',
  consequence: 'The phone finds no templates and waits 10 to 15 seconds before it dials.',
  cure: 'Put the templates into <DIALTEMPLATE>.',
  check({ root }, report) {
    if (root.name.toLowerCase() === 'dialtemplate') return;
    const { line, column } = root;
    report({ text: `the root is <${root.name}>, not <DIALTEMPLATE>`, line, column });
  },
};

const unknownElement: Rule<DialPlan> = {
  code: 'dial-plan-element',
  severity: 'warning',
  title: 'Element in a dial plan that phones pass over',
  consequence: 'The phone passes over it, as if it were not there.',
  cure: 'Write <TEMPLATE …/> in upper case.',
  check({ root }, report) {
    for (const { name, line, column } of children(root)) {
      if (name === 'TEMPLATE' || name.toLowerCase() === 'versionstamp') continue;
      const lower = name.toUpperCase() === 'TEMPLATE' ? ': TEMPLATE is upper case' : '';
      report({ text: `<${name}> is no template${lower}`, line, column });
    }
  },
};

const unknownAttribute: Rule<DialPlan> = {
  code: 'dial-plan-attribute',
  severity: 'error',
  title: 'Unknown attribute in a template',
  consequence: 'The phone drops the whole template.',
  cure: 'Take the attribute out or mend its name.',
  check({ templates }, report) {
    for (const { element } of templates)
      for (const { name, line, column } of element.attributes.values()) {
        if (attributeNames.includes(name.toUpperCase())) continue;
        const meant = nearestWord(name, attributeNames);
        const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
        report({ text: `${name} is no attribute of a template${hint}`, line, column });
      }
  },
};

const attributeValue: Rule<DialPlan> = {
  code: 'dial-plan-value',
  severity: 'error',
  title: 'Attribute of a template with a value that phones do not know',
  consequence: 'The phone drops the whole template.',
  cure: 'Use one of the values that the text names.',
  check({ templates }, report) {
    for (const { element, timeout } of templates)
      for (const attribute of element.attributes.values()) {
        const wanted = valueWanted(attribute, timeout);
        if (wanted === undefined) continue;
        const { name, line, column } = attribute;
        report({ text: `${name} "${attribute.value}" should be ${wanted}`, line, column });
      }
  },
};

function valueWanted({ name, value }: XmlAttribute, timeout: number): string | undefined {
  const key = name.toUpperCase();
  if (key === 'TIMEOUT') return timeout < 0 ? 'seconds from 0 up' : undefined;
  const known = words[key];
  if (!known || known.some((word) => word.toLowerCase() === value.toLowerCase())) return undefined;
  return `one of ${known.filter((word) => word !== '').join(', ')}`;
}

const badTimeout: Rule<DialPlan> = {
  code: 'dial-plan-timeout',
  severity: 'error',
  title: 'TIMEOUT or LINE of a template is no number',
  consequence:
    'The phone reads 0: with TIMEOUT it dials at the last digit, with LINE for all lines.',
  cure: 'Write a whole number.',
  check({ templates }, report) {
    for (const { element } of templates)
      for (const { name, value, line, column } of element.attributes.values())
        if (/^(timeout|line)$/i.test(name) && !/^\s*[+-]?\d+\s*$/.test(value))
          report({ text: `${name} "${value}" is no whole number`, line, column });
  },
};

const noMatch: Rule<DialPlan> = {
  code: 'dial-plan-match-missing',
  severity: 'error',
  title: 'Template without MATCH',
  consequence: 'The phone takes it for an empty pattern, as of a line that dials by itself.',
  cure: 'Give it a MATCH, or take it out.',
  check({ templates }, report) {
    for (const { match, element } of templates)
      if (match === undefined)
        report({ text: 'a TEMPLATE without MATCH', line: element.line, column: element.column });
  },
};

const tooLarge: Rule<DialPlan> = {
  code: 'dial-plan-size',
  severity: 'error',
  title: `Dial plan of more than ${maxBytes} bytes`,
  consequence: 'The phone has no room for it and dials without a plan.',
  cure: 'Join templates with dots, and take comments and blanks out.',
  check({ size }, report) {
    if (size > maxBytes)
      report({ text: `the dial plan has ${size} bytes; phones take ${maxBytes}`, line: 1 });
  },
};

/** The form of the file. How phones read it: sipcc, the SIP stack that Cisco published. */
export const dialPlanFormRules: readonly Rule<DialPlan>[] = [
  wrongRoot,
  unknownElement,
  unknownAttribute,
  attributeValue,
  badTimeout,
  noMatch,
  tooLarge,
];
