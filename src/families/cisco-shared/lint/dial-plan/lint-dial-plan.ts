import type { XmlElement } from '../../../../codec/config/xml.ts';
import type { LintedContent } from '../facts.ts';
import { applyRules } from '../../../shared/lint/rule.ts';
import { dialPlanFormRules, maxBytes } from './dial-plan-form.ts';
import { dialPlanOrderRules } from './dial-plan-order.ts';
import { dialPlanPatternRules } from './dial-plan-patterns.ts';
import { dialPlanOf } from './dial-plan-subject.ts';

/** A dial plan; `size` in bytes. */
export function lintDialPlan(path: string, root: XmlElement, size: number): LintedContent {
  const plan = dialPlanOf(root, size);
  const form = applyRules(dialPlanFormRules, path, plan);
  // Each template is held against all others: not for files that no phone reads.
  if (size > maxBytes) return { findings: form };
  return {
    findings: [
      ...form,
      ...applyRules(dialPlanPatternRules, path, plan),
      ...applyRules(dialPlanOrderRules, path, plan),
    ],
  };
}
