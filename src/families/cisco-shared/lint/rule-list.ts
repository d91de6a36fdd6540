import type { RuleInfo } from '../../../model/lint.ts';
import { sipParameterRules } from './cnf/parameter-rules.ts';
import { cnfSyntaxRules } from './cnf/syntax-rules.ts';
import { sipTimeRules } from './cnf/time-rules.ts';
import { sipValueRules } from './cnf/value-rules.ts';
import { dialPlanFormRules } from './dial-plan/dial-plan-form.ts';
import { dialPlanOrderRules } from './dial-plan/dial-plan-order.ts';
import { dialPlanPatternRules } from './dial-plan/dial-plan-patterns.ts';
import { contentRules } from './file-content.ts';
import { fileNameRules } from './file-names.ts';
import { bootTextRules } from './firmware/boot-text.ts';
import { firmwareRules } from './firmware/firmware-rules.ts';
import { imageNameRules } from './firmware/image-names.ts';
import { ringListRules } from './ring-list/ring-list-rules.ts';
import { sepElementRules } from './sep/element-rules.ts';
import { sepLineRules } from './sep/line-rules.ts';
import { sepLoadRules } from './sep/load-rules.ts';
import { sepZoneRules } from './sep/zone-rules.ts';
import { syncInfoRules } from './sync-info.ts';
import { protocolRules } from './tree/protocol-rules.ts';
import { referenceRules } from './tree/reference-rules.ts';
import { sipTreeRules } from './tree/sip-tree-rules.ts';
import { xmlDefaultRules } from './xml-default/xml-default-rules.ts';

export const treeRules = [...referenceRules, ...protocolRules, ...sipTreeRules];

/** Every rule once, though some look at more than one kind of file. */
export const ciscoRules: readonly RuleInfo[] = distinct([
  ...fileNameRules,
  ...contentRules,
  ...cnfSyntaxRules,
  ...sipParameterRules,
  ...sipValueRules,
  ...sipTimeRules,
  ...sepElementRules,
  ...sepLineRules,
  ...sepLoadRules,
  ...sepZoneRules,
  ...xmlDefaultRules,
  ...imageNameRules,
  ...bootTextRules,
  ...firmwareRules,
  ...dialPlanFormRules,
  ...dialPlanPatternRules,
  ...dialPlanOrderRules,
  ...ringListRules,
  ...syncInfoRules,
  ...treeRules,
]);

function distinct(rules: readonly RuleInfo[]): readonly RuleInfo[] {
  const byCode = new Map<string, RuleInfo>();
  for (const { code, severity, title } of rules)
    if (!byCode.has(code)) byCode.set(code, { code, severity, title });
  return [...byCode.values()];
}
