import type { Finding } from '../../../../model/finding.ts';
import type { Model } from '../../../../model/phone.ts';
import type { RenderedFile, WrittenValue } from '../../../../model/render.ts';
import { looksSecret } from '../../../../model/secret-names.ts';
import {
  imageInSettings,
  type KnownSettings,
  type TableLookup,
} from '../../../shared/render/known-settings.ts';
import { candidatesFor, type Candidates } from './sep-candidates.ts';
import { sepDocument } from './sep-document.ts';
import { entryOf, firstOfEach, needed, type SepEntry } from './sep-entry.ts';
import { isByWords, lineEntries } from './sep-lines.ts';
import type { SepLookup } from './sep-lookup.ts';
import { linePath, memberPath } from './sep-paths.ts';
import { serverEntries, type SepProtocol } from './sep-servers.ts';

export type SepInput = {
  readonly path: string;
  readonly protocol: SepProtocol;
  readonly model: Model;
  readonly settings: KnownSettings;
  readonly sep: SepLookup;
  /** The table of the parameters that are translated. */
  readonly words: Pick<TableLookup, 'id'>;
  /** What stands in the file whatever settings say. */
  readonly fixed: readonly SepEntry[];
};

export type SepResult = { readonly file: RenderedFile; readonly findings: readonly Finding[] };

/** `SEP<MAC>.cnf.xml` for SIP, or for SCCP, which has no `sipProfile`. */
export function sepFile(input: SepInput): SepResult {
  const { path, protocol, model, settings, sep, words } = input;
  const candidates = candidatesFor(settings.byKey.values(), sep, words);
  const lines = protocol === 'SIP' ? lineEntries(candidates, model) : { entries: [], findings: [] };
  const entries = firstOfEach([
    ...input.fixed,
    ...serverEntries(candidates, protocol),
    ...otherEntries(candidates, protocol),
    ...lines.entries,
    ...(hasLineByWords(candidates) && protocol === 'SIP' ? registering : []),
  ]);
  const unwritable = entries.filter(({ value }) => noCharacter.test(value));
  const writable = entries.filter(({ value }) => !noCharacter.test(value)).map(writtenValue);
  const { content, values } = sepDocument(writable, sep.row);
  const image = settings.byKey.get('loadInformation');
  const findings = [
    ...[...candidates.findings, ...lines.findings, ...unwritable.map(cannotHold)],
    ...(image ? [imageInSettings(image)] : []),
  ];
  return { file: { path, content, values }, findings };
}

function hasLineByWords({ byPath }: Candidates): boolean {
  return isByWords([...byPath.values()].filter(({ path }) => path.startsWith(`${linePath}[`)));
}

/** Lines of the 7940/7960 are served like this by themselves. */
const registering: readonly SepEntry[] = [
  needed(
    'sipProfile/sipProxies/registerWithProxy',
    'true',
    'lines that are not registered get no calls',
  ),
  needed('transportLayerProtocol', '2', 'UDP, as the proxies of the 7940/7960 speak it'),
];

/** What the load says, and no setting. */
const ofTheLoad: readonly string[] = ['loadInformation', 'deviceProtocol'];

/** Without lines and servers. */
function otherEntries({ byPath }: Candidates, protocol: SepProtocol): readonly SepEntry[] {
  return [...byPath.values()].flatMap((candidate) => {
    const { path, value } = candidate;
    const elsewhere = [linePath, memberPath].some((repeated) => path.startsWith(repeated));
    const otherProtocol = protocol === 'SCCP' && path.startsWith('sipProfile/');
    // Files keep nothing in these phones, so that what is empty can be left out.
    const leftOut = value === '' && !candidate.direct;
    if (elsewhere || otherProtocol || leftOut || ofTheLoad.includes(path)) return [];
    return [entryOf(candidate, path)];
  });
}

// XML 1.0 section 2.2 [2] Char.
const noCharacter = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

function writtenValue({ path, value, origin, secret }: SepEntry): WrittenValue {
  const isSecret = secret === true || looksSecret(path);
  return { key: path, value, origin, ...(isSecret && { secret: true }) };
}

function cannotHold({ path }: SepEntry): Finding {
  return {
    code: 'setting-not-writable',
    severity: 'error',
    text: `The value of ${path} has a character that XML does not have`,
    consequence: 'It is not written into any file.',
  };
}
