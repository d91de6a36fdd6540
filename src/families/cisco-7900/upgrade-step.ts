import type { ImageName } from '../../model/firmware.ts';
import type { Refusal, UpgradeStep, Why } from '../../model/plan.ts';
import { releaseOf } from './image-name.ts';
import type { Load } from './load-order.ts';
import { hasLoader, loaderOf } from './universal-loader.ts';
import { scenarioFor, type Procedure, type Scenario } from './upgrade-scenarios.ts';

const matrix = 'Cisco 7960/7940 firmware upgrade matrix';
const guide = 'Cisco SIP IP Phone Administrator Guide 4.4';

/** The image that leads out of SIP 2.1 and earlier. Administrator Guide 4.4, table 3-10. */
export const firstLongNames = 'P0S30202';
/** The images of 6.3, through which procedure F leads. */
export const sixThree = { SIP: 'P0S3-06-3-00', MGCP: 'P0M3-06-3-00' } as const;

/** One step, or the named rule that forbids it. */
export function upgradeStep(from: ImageName, to: ImageName): UpgradeStep | Refusal {
  if (to.kind === 'loader')
    return refusal('loader-is-no-target', `${to.canonical} is a loader: name an application image`);
  const forbidden = refusals.map((rule) => rule(from, to)).find((found) => found !== undefined);
  if (forbidden) return forbidden;
  if (from.kind === 'loader') return stepBy('E', from, to, [loaderRule]);
  const scenario = scenarioFor(from, to);
  if (!scenario)
    return refusal('no-scenario', `table 3 has no row from ${from.canonical} to ${to.canonical}`);
  // Procedure F is procedure B to 6.3 and then D; a phone on 6.3 has the first half behind it.
  const procedure = scenario.procedure === 'F' ? 'D' : scenario.procedure;
  return stepBy(procedure, from, to, reasons(from, to, scenario));
}

/** Characters of an 8.3 name before the dot. */
const shortName = 8;

/** SIP up to 2.1 loads images with 8.3 names only. Administrator Guide 4.4, table 3-10. */
export function knowsLongNames({ protocol, major, minor }: ImageName): boolean {
  return protocol !== 'SIP' || major > 2 || (major === 2 && minor >= 2);
}

type Rule = (from: ImageName, to: ImageName) => Refusal | undefined;

const refusals: readonly Rule[] = [
  function signedNoDowngrade(from, to) {
    if (!from.signed || to.signed) return undefined;
    const text = `${from.canonical} (${releaseOf(from)}) accepts only signed images; ${to.canonical} (${releaseOf(to)}) is from before 5.0 and has no signature. There is no way back.`;
    return refusal('signed-no-downgrade', text);
  },
  function shortNamesOnly(from, to) {
    if (knowsLongNames(from) || to.canonical.length <= shortName) return undefined;
    const text = `${from.canonical} loads only images with 8.3 names: ${firstLongNames} must come first`;
    return refusal('short-names-first', text);
  },
  function sixThreeFirst(from, to) {
    if (scenarioFor(from, to)?.procedure !== 'F' || isSixThree(from)) return undefined;
    return refusal('six-three-first', `${from.canonical} must go to 6.3 before ${to.canonical}`);
  },
];

function isSixThree(image: ImageName): boolean {
  return image.major === 6 && image.minor === 3;
}

function refusal(code: string, text: string): Refusal {
  return { code, text };
}

const loaderRule: Why = {
  rule: 'The loader hunts for configuration files and loads what the first one names',
  source: `${matrix}, Universal Application Loader`,
};

function reasons(from: ImageName, to: ImageName, scenario: Scenario): readonly Why[] {
  const row = `${from.protocol} ${releaseOf(from)} to ${to.protocol} ${releaseOf(to)}`;
  const deviation = scenario.deviation ? ` (${scenario.deviation})` : '';
  const why: Why[] = [
    {
      rule: `${row}: procedure ${scenario.procedure}${deviation}`,
      source: `${matrix}, table 3 and procedure ${scenario.procedure}`,
    },
  ];
  if (to.canonical === firstLongNames)
    why.push({
      rule: 'Release 2.1 and earlier go to P0S30202 first',
      source: `${guide}, Upgrading from Release 2.1 or Earlier to Current Release`,
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
    why,
  };
}

/** "Remove any protocol configuration files that are not used." Upgrade matrix, procedure C. */
function absentFor(load: Load): readonly string[] {
  const files = {
    SCCP: ['SEP<MAC>.cnf.xml', 'XMLDefault.cnf.xml'],
    SIP: ['SIP<MAC>.cnf', 'SIPDefault.cnf'],
    MGCP: ['MGC<MAC>.cnf', 'MGCDefault.cnf'],
  };
  const used = [...files[load.protocol], ...(load.xmlDefault === '' ? [] : ['XMLDefault.cnf.xml'])];
  return Object.values(files)
    .flat()
    .filter((path) => !used.includes(path));
}

/** What the phone fetches on this step. Before 5.0 it asks for `.bin`, from then on for `.sbn`. */
function firmwareFor(from: ImageName, to: ImageName): readonly string[] {
  const loader = loaderOf(to);
  const extension = from.signed || hasLoader(from) ? 'sbn' : 'bin';
  if (loader === undefined) return [`${to.canonical}.${extension}`];
  const first = hasLoader(from) || extension === 'sbn' ? [] : [`${loader}.bin`];
  return [...first, `${to.canonical}.loads`, `${loader}.sbn`, `${to.canonical}.sb2`];
}

/** Images that a plan between two may pass through; the phone's own protocol first. */
export function intermediatesFor(from: ImageName): readonly string[] {
  const own = from.protocol === 'MGCP' ? sixThree.MGCP : sixThree.SIP;
  return [own, firstLongNames];
}
