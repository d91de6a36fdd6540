import type { ImageName } from '../../model/firmware.ts';
import type { PlanMode, Refusal, UpgradeStep, Why } from '../../model/plan.ts';
import { releaseOf } from './image-name.ts';
import type { Load } from './load-order.ts';
import { hasLoader, loaderOf } from './universal-loader.ts';
import {
  fieldRules,
  firstLongNames,
  guide,
  matrix,
  vendorRules,
  type UpgradeRule,
} from './upgrade-rules.ts';
import { scenarioFor, type Procedure, type Scenario } from './upgrade-scenarios.ts';

/** One step, or the named rule that forbids it. */
export function upgradeStep(from: ImageName, to: ImageName, mode: PlanMode): UpgradeStep | Refusal {
  if (to.kind === 'loader')
    return refusal('loader-is-no-target', `${to.canonical} is a loader: name an application image`);
  const forbidden = refusalBy(rulesOf[mode], from, to);
  if (forbidden) return forbidden;
  if (from.kind === 'loader') return stepBy('E', from, to, [loaderRule]);
  const scenario = scenarioFor(from, to);
  if (!scenario)
    return refusal('no-scenario', `table 3 has no row from ${from.canonical} to ${to.canonical}`);
  // Procedure F is procedure B to 6.3 and then D; a phone on 6.3 has the first half behind it.
  const procedure = scenario.procedure === 'F' ? 'D' : scenario.procedure;
  return stepBy(procedure, from, to, reasons(from, to, scenario));
}

const rulesOf: Readonly<Record<PlanMode, readonly UpgradeRule[]>> = {
  cautious: [...vendorRules, ...fieldRules],
  direct: vendorRules,
};

/** By the first rule that stands against the step. */
function refusalBy(
  rules: readonly UpgradeRule[],
  from: ImageName,
  to: ImageName,
): Refusal | undefined {
  for (const { code, source, confidence, against } of rules) {
    const text = against(from, to);
    if (text !== undefined) return { code, text, source, confidence };
  }
  return undefined;
}

function refusal(code: string, text: string): Refusal {
  return { code, text, source: `${matrix}, table 3`, confidence: 'high' };
}

const loaderRule: Why = {
  rule: 'The loader hunts for configuration files and loads what the first one names',
  source: `${matrix}, Universal Application Loader`,
  confidence: 'high',
};

const forgetsNetwork: Why = {
  rule: 'The loader forgets the network settings of the phone: DHCP must name this server (option 150)',
  source: 'blog post of 2011 on converting Cisco phones',
  confidence: 'medium',
};

function reasons(from: ImageName, to: ImageName, scenario: Scenario): readonly Why[] {
  const row = `${from.protocol} ${releaseOf(from)} to ${to.protocol} ${releaseOf(to)}`;
  const deviation = scenario.deviation ? ` (${scenario.deviation})` : '';
  const why: Why[] = [
    {
      rule: `${row}: procedure ${scenario.procedure}${deviation}`,
      source: `${matrix}, table 3 and procedure ${scenario.procedure}`,
      confidence: 'high',
    },
  ];
  if (to.canonical === firstLongNames)
    why.push({
      rule: 'Release 2.1 and earlier go to P0S30202 first',
      source: `${guide}, Upgrading from Release 2.1 or Earlier to Current Release`,
      confidence: 'high',
    });
  return why;
}

function stepBy(
  procedure: Procedure,
  from: ImageName,
  to: ImageName,
  why: readonly Why[],
): UpgradeStep {
  const loader = loaderOf(to);
  const throughBootText = loader !== undefined && !hasLoader(from);
  const load: Load = {
    protocol: to.protocol as Load['protocol'],
    image: to.canonical,
    os79xx: loader ?? to.canonical,
    xmlDefault: procedure === 'C' && throughBootText ? loader : '',
  };
  // A phone at 5.0 or later asks for .sbn. One that asks for .bin here is not what it should be,
  // and must not get a loader by this step.
  const hidden = throughBootText && from.signed ? [`${loader}.bin`] : [];
  return {
    image: to.canonical,
    procedure,
    order: load,
    absent: [...absentFor(load), ...hidden],
    firmware: firmwareFor(from, to),
    why: throughBootText ? [...why, forgetsNetwork] : why,
  };
}

/** "Remove any protocol configuration files that are not used." Upgrade matrix, procedure C. */
function absentFor({ protocol, xmlDefault }: Load): readonly string[] {
  const used = xmlDefault === '' ? [] : ['XMLDefault.cnf.xml'];
  return protocolFiles.flatMap(([of, paths]) =>
    of === protocol ? [] : paths.filter((path) => !used.includes(path)),
  );
}

const protocolFiles = [
  ['SCCP', ['SEP<MAC>.cnf.xml', 'XMLDefault.cnf.xml']],
  ['SIP', ['SIP<MAC>.cnf', 'SIPDefault.cnf']],
  ['MGCP', ['MGC<MAC>.cnf', 'MGCDefault.cnf']],
] as const;

/** What the phone fetches on this step. Before 5.0 it asks for `.bin`, from then on for `.sbn`. */
function firmwareFor(from: ImageName, to: ImageName): readonly string[] {
  const loader = loaderOf(to);
  const extension = from.signed || hasLoader(from) ? 'sbn' : 'bin';
  if (loader === undefined) return [`${to.canonical}.${extension}`];
  const first = hasLoader(from) || extension === 'sbn' ? [] : [`${loader}.bin`];
  return [...first, `${to.canonical}.loads`, `${loader}.sbn`, `${to.canonical}.sb2`];
}
