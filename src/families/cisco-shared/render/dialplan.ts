import {
  type DialAttribute,
  type DialTemplate,
  encodeDialplan,
} from '../../../codec/config/dialplan-xml.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Origin } from '../../../model/render.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { type KnownSetting, wordsFor } from '../../shared/render/known-settings.ts';
import { filePart, nothing, type Part } from '../../shared/render/part.ts';
import { settingLines, wordsOf } from './setting-lines.ts';

/** Any number, dialled five seconds after its last digit. */
const plainPlan: readonly DialTemplate[] = [{ match: '*', timeout: 5 }];
const plainText = '* 5';

const attributeNames: readonly DialAttribute[] = ['LINE', 'USER', 'REWRITE', 'ROUTE', 'TONE'];

/**
 * The dial plan that a phone is told of: the setting `dial_plan`, else one that takes any number.
 * Cisco SIP IP Phone Administrator Guide, "Creating Dial Plans".
 */
export function dialplanFile(path: string, plan: KnownSetting | undefined): Part {
  if (plan === undefined || plan.value === '') {
    const because = 'dial_template names the file and there is no dial_plan';
    const origin: Origin = { kind: 'needed', because };
    const values = [{ key: 'dial_plan', value: plainText, origin }];
    return filePart({ path, content: encodeDialplan(plainPlan), values });
  }
  const read = templatesOf(plan.value);
  if (typeof read === 'string') return { ...nothing, findings: [badPlan(plan, read)] };
  try {
    const content = encodeDialplan(read);
    const values = [{ key: 'dial_plan', value: plan.value, origin: plan.origin }];
    return filePart({ path, content, values });
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return { ...nothing, findings: [badPlan(plan, error.message)] };
  }
}

/** Templates, or what is wrong with the text. */
export function templatesOf(text: string): readonly DialTemplate[] | string {
  const templates: DialTemplate[] = [];
  for (const line of settingLines(text)) {
    const template = templateOf(line);
    if (typeof template === 'string') return template;
    templates.push(template);
  }
  return templates;
}

function templateOf(line: string): DialTemplate | string {
  const [match = '', seconds = '', ...more] = wordsOf(line);
  if (!/^\d{1,9}$/.test(seconds)) return `"${line}" is not MATCH SECONDS`;
  const attributes: Partial<Record<DialAttribute, string>> = {};
  for (const word of more) {
    const [key = ''] = word.split('=', 1);
    const name = attributeNames.find((known) => known === key.toUpperCase());
    if (name === undefined || key.length === word.length)
      return `"${word}" is none of ${attributeNames.map((each) => `${each}=…`).join(' ')}`;
    attributes[name] = word.slice(key.length + 1);
  }
  const template = { match, timeout: Number(seconds) };
  return more.length === 0 ? template : { ...template, attributes };
}

function badPlan({ origin }: KnownSetting, why: string): Finding {
  return {
    code: 'bad-dial-plan',
    severity: 'error',
    text: `${wordsFor(origin)}: ${why}`,
    consequence: 'No dial plan is written; phones use the one that is built in.',
    cure: 'Write a template on each line: MATCH SECONDS, e.g. "0........ 0".',
  };
}
