import { createHash } from 'node:crypto';
import { sipUpgradePointers } from '../../../codec/config/sip-upgrade-config.ts';
import { sectionsOf2004 } from '../../../codec/config/section-file.ts';
import {
  decodeNortelImage,
  isNortelImage,
  versionIdIn,
} from '../../../codec/image/nortel-2004-image.ts';
import type { Finding } from '../../../model/finding.ts';
import type { FamilyLint, RuleInfo, TreeFile } from '../../../model/lint.ts';
import { applyRules, applyTreeRules } from '../../shared/lint/rule.ts';
import { mayTell, namedRole, type NortelFile, nortelFile } from '../formats/file-role.ts';
import type { NortelFacts, SectionFacts } from './facts.ts';
import { fileNameRules } from './file-name-rules.ts';
import { imageFile, imageRules } from './image-rules.ts';
import { pointerRules } from './pointer-rules.ts';
import { sectionRules } from './section-rules.ts';
import { settingsRules } from './settings-rules.ts';
import { entryOf, type NortelText, nortelText, placedValue } from './subject.ts';
import { textRules } from './text-rules.ts';
import { treeRules } from './tree-rules.ts';

type Linted = { readonly findings: readonly Finding[]; readonly facts: NortelFacts };

const allRules = [
  ...fileNameRules,
  ...textRules,
  ...sectionRules,
  ...settingsRules,
  ...pointerRules,
  ...imageRules,
  ...treeRules,
];

/** Every rule once, though some look at more than one kind of file. */
const rules: readonly RuleInfo[] = [
  ...new Map(
    allRules.map(({ code, severity, title }) => [code, { code, severity, title }]),
  ).values(),
];

/** No phone reads so much text; what comes behind it is not looked at. */
const mostText = 256 * 1024;
/** Where the version id of an image may stand; a synthetic one is read whole. */
const imageHead = 64 * 1024;

/** For the IP Phone 2004; files of later phones, which have the same syntax, by what is sure of them. */
export const nortelLint: FamilyLint<NortelFacts> = {
  rules,
  file: lintFile,
  tree: (files) => applyTreeRules(treeRules, files),
};

function lintFile(file: TreeFile): Linted | undefined {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const named = namedRole(name);
  if (!named && !mayTell(name, file.size)) return undefined;
  const names = applyRules(fileNameRules, file.path, name);
  if (named?.role === 'language') return { findings: names, facts: { role: 'language' } };
  if (named?.role === 'image') return lintImage(file);
  const text = Buffer.from(file.read(mostText)).toString('utf8');
  const known = nortelFile(name, () => text);
  const read = known && nortelText(name, known, text);
  if (!known || !read) return undefined;
  return { findings: [...names, ...lintText(file.path, read)], facts: factsOf(known, read) };
}

function lintImage(file: TreeFile): Linted {
  const bytes = file.read();
  const image = imageFile(bytes);
  const inside = image.fault === undefined ? versionInside(bytes) : undefined;
  return {
    findings: applyRules(imageRules, file.path, image),
    facts: { role: 'image', ...(inside !== undefined && { image: inside }) },
  };
}

function versionInside(bytes: Uint8Array): string | undefined {
  if (isNortelImage(bytes)) return decodeNortelImage(bytes).name.canonical;
  return versionIdIn(bytes, imageHead)?.canonical;
}

function lintText(path: string, read: NortelText): readonly Finding[] {
  const own = {
    control: sectionRules,
    data: read.dialect === '2004' ? settingsRules : [],
    pointers: pointerRules,
    language: [],
    image: [],
  }[read.role];
  return applyRules([...textRules, ...own], path, read);
}

function factsOf({ role, dialect }: NortelFile, read: NortelText): NortelFacts {
  const language = role === 'data' ? entryOf(read, '', 'DEF_LANG') : undefined;
  const master = role === 'pointers' ? sipUpgradePointers(read.document).tftp : undefined;
  return {
    role,
    ...(dialect !== '2004' && { later: true }),
    ...(role === 'control' && { sections: sectionFacts(read) }),
    ...(role === 'data' && { digest: digestOf(read) }),
    ...(language && language.value !== '' && { language: placedValue(read, language) }),
    ...(master !== undefined && { master }),
  };
}

function sectionFacts(read: NortelText): readonly SectionFacts[] {
  return sectionsOf2004.flatMap((name) => {
    const head = read.document.lines.find((line) => line.kind === 'section' && line.name === name);
    if (!head) return [];
    const placed = (key: string) => {
      const entry = entryOf(read, name, key);
      return entry && entry.value !== '' ? placedValue(read, entry) : undefined;
    };
    const [version, file, server] = [placed('VERSION'), placed('FILENAME'), placed('SERVER_IP')];
    const { line } = head;
    return [
      { name, line, ...(version && { version }), ...(file && { file }), ...(server && { server }) },
    ];
  });
}

/** The same for files that say the same in other words. */
function digestOf({ entries }: NortelText): string {
  const hash = createHash('sha256');
  for (const { entry } of entries) hash.update(`${entry.key} ${entry.value}\n`);
  return hash.digest('hex').slice(0, 16);
}
