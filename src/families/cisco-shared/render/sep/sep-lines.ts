import type { Finding } from '../../../../model/finding.ts';
import type { Model } from '../../../../model/phone.ts';
import { wordsFor } from '../../../shared/render/known-settings.ts';
import type { Candidate, Candidates } from './sep-candidates.ts';
import { entryOf, firstOfEach, needed, type SepEntry, type SepPart } from './sep-entry.ts';
import { linePath, parseSepPath } from './sep-paths.ts';

/** featureID of a key that is a line. */
const isLine = '9';

/** What a line takes from line 1 where it has none of its own. */
const fromLineOne: readonly string[] = ['proxy', 'port', 'authName', 'authPassword'];

/**
 * The keys of a phone, by number. Of a line that is called by the words of the 7940/7960 what those
 * take from line 1 is written out, and what works only when it is there: Cisco SIP IP Phone
 * Administrator Guide 4.4, tables 3-3 and 3-4. Lines by path are as the operator wrote them.
 */
export function lineEntries({ byPath }: Candidates, model: Model): SepPart {
  const all = [...byPath.values()].filter(({ path }) => path.startsWith(linePath));
  const keys = Map.groupBy(all, ({ path }) => parseSepPath(path)?.index ?? 0);
  const first = keys.get(1) ?? [];
  const entries: SepEntry[] = [];
  const findings: Finding[] = [];
  let lines = 0;
  for (const [button, own] of [...keys].toSorted(([a], [b]) => a - b)) {
    if (!isKey(own)) continue;
    if (button > model.lines && !own.some(isOwnByPath)) {
      findings.push(lineNotOnModel(own, model));
      continue;
    }
    const feature = own.find(({ path }) => path.endsWith('/featureID'))?.value;
    const isOther = feature !== undefined && feature !== isLine;
    const key = keyEntries(button, isOther ? own.filter(({ spread }) => !spread) : own);
    if (!isOther) lines++;
    entries.push(...(isOther || !isByWords(own) ? key : lineKey(key, button, lines, first)));
  }
  return { entries, findings };
}

/** One that has a name, or that the operator set by its path. */
function isKey(own: readonly Candidate[]): boolean {
  const isName = ({ path, value }: Candidate) => path.endsWith('/name') && value !== '';
  return own.some((each) => isName(each) || isOwnByPath(each));
}

/** Its name is that of a 7940/7960's line. */
export function isByWords(own: readonly Candidate[]): boolean {
  return own.some(({ path, direct }) => path.endsWith('/name') && !direct);
}

function isOwnByPath({ direct, spread }: Candidate): boolean {
  return direct && spread !== true;
}

function keyEntries(button: number, own: readonly Candidate[]): readonly SepEntry[] {
  const prefix = `${linePath}[${button}]`;
  const isLeftOut = ({ value, direct }: Candidate) => value === '' && !direct;
  return firstOfEach([
    ...own
      .filter((candidate) => !isLeftOut(candidate))
      .map((candidate) => entryOf(candidate, candidate.path)),
    needed(`${prefix}/@button`, `${button}`, 'the key that it is about'),
    needed(`${prefix}/featureID`, isLine, 'the key is a line'),
  ]);
}

/** What the key says itself, then what line 1 says, then what must be there. */
function lineKey(
  key: readonly SepEntry[],
  button: number,
  lineIndex: number,
  first: readonly Candidate[],
): readonly SepEntry[] {
  const prefix = `${linePath}[${button}]`;
  const hasProxy = key.some(({ path }) => path === `${prefix}/proxy`);
  const inherited = fromLineOne.flatMap((part) => {
    const value = first.find(({ path }) => path === `${linePath}[1]/${part}`);
    // A proxy of its own is not on the port of another.
    const fits = value !== undefined && value.value !== '' && !(part === 'port' && hasProxy);
    return fits ? [entryOf(value, `${prefix}/${part}`)] : [];
  });
  return firstOfEach([
    ...key,
    ...inherited,
    needed(`${prefix}/@lineIndex`, `${lineIndex}`, 'counts the lines'),
    needed(`${prefix}/proxy`, 'USECALLMANAGER', 'the line has no proxy of its own'),
    needed(`${prefix}/port`, '5060', 'the usual port'),
  ]);
}

function lineNotOnModel(own: readonly Candidate[], { name, lines }: Model): Finding {
  const words = own[0] === undefined ? '' : `${wordsFor(own[0].origin)}: `;
  return {
    code: 'line-not-on-model',
    severity: 'note',
    text: `${words}the ${name} has ${lines} ${lines === 1 ? 'line' : 'lines'}`,
    consequence: 'It is not written into any file.',
  };
}
