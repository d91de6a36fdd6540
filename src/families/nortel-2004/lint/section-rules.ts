import { laterSections, sectionsOf2004 } from '../../../codec/config/section-file.ts';
import type { KeywordSection } from '../../../codec/config/keyword-line.ts';
import { nortelImageOfFile, parseNortelImageName } from '../../../codec/text/nortel-image-name.ts';
import { replaceOnLine } from '../../shared/lint/fix.ts';
import type { Rule } from '../../shared/lint/rule.ts';
import { entryOf, keyPlace, type NortelText, valuePlace } from './subject.ts';

function headsOf({ document }: NortelText): readonly KeywordSection[] {
  return document.lines.filter((line) => line.kind === 'section');
}

function headPlace({ line, nameColumn }: KeywordSection) {
  return { line, column: nameColumn };
}

const missing: Rule<NortelText> = {
  code: 'section-missing',
  severity: 'warning',
  title: '2004tftp.cfg without one of its three sections',
  consequence: 'The phone fetches nothing of that kind and keeps what it has.',
  cure: 'Add the section: [DEVICE_CONFIG], [LANGUAGE] or [FW].',
  check(file, report) {
    if (!/^2004tftp\.cfg$/i.test(file.name)) return;
    const names = headsOf(file).map(({ name }) => name);
    for (const name of sectionsOf2004)
      if (!names.includes(name)) report({ text: `there is no [${name}]` });
  },
};

const unknown: Rule<NortelText> = {
  code: 'section-unknown',
  severity: 'warning',
  title: 'Section that these phones do not have',
  consequence: 'The phone passes over it.',
  cure: 'Mend its name, or take it out.',
  check(file, report) {
    for (const head of headsOf(file)) {
      const isLater = laterSections.some((name) => name === head.name);
      if (sectionsOf2004.some((name) => name === head.name)) continue;
      if (isLater && file.dialect !== '2004') continue;
      const hint = isLater ? ': only phones after the 2004 have it' : '';
      report({ text: `[${head.nameText}] is unknown${hint}`, ...headPlace(head) });
    }
  },
};

const repeated: Rule<NortelText> = {
  code: 'section-repeated',
  severity: 'warning',
  title: 'Section twice',
  consequence: 'Nobody says which of them counts.',
  cure: 'Make one section of them.',
  check({ document }, report) {
    for (const { code, text, line, column } of document.notes)
      if (code === 'repeated-section') report({ text, line, column });
  },
};

const homeless: Rule<NortelText> = {
  code: 'setting-without-section',
  severity: 'warning',
  title: 'Setting before the first section',
  consequence: 'The phone does not know which file it is about, and passes over it.',
  cure: 'Put it below the section that it belongs to.',
  check({ document }, report) {
    for (const { code, text, line, column } of document.notes)
      if (code === 'setting-without-section') report({ text, line, column });
  },
};

const incomplete: Rule<NortelText> = {
  code: 'section-incomplete',
  severity: 'error',
  title: 'Section without FILENAME or VERSION',
  consequence: 'The phone fetches nothing by it.',
  cure: 'Give the section a FILENAME and, but for [LANGUAGE], a VERSION.',
  check(file, report) {
    for (const head of headsOf(file)) {
      const { name } = head;
      if (!sectionsOf2004.some((each) => each === name)) continue;
      const has = (key: string) => (entryOf(file, name, key)?.value ?? '') !== '';
      const wanted = name === 'LANGUAGE' ? ['FILENAME'] : ['FILENAME', 'VERSION'];
      const lacking = wanted.filter((key) => !has(key));
      if (lacking.length > 0)
        report({ text: `[${name}] has no ${lacking.join(' and no ')}`, ...headPlace(head) });
    }
  },
};

const mode: Rule<NortelText> = {
  code: 'download-mode-unknown',
  severity: 'error',
  title: 'DOWNLOAD_MODE that is neither AUTO nor FORCED',
  consequence: 'The phone takes it for AUTO and fetches only what is newer.',
  cure: 'Write AUTO or FORCED; NN42020-202 has FORCE once, which is a slip.',
  check({ entries }, report) {
    for (const read of entries) {
      const { entry, value, placeholder } = read;
      if (entry.key !== 'DOWNLOAD_MODE' || placeholder || /^(AUTO|FORCED)?$/i.test(value)) continue;
      const hint = value.toUpperCase() === 'FORCE' ? '; the keyword is FORCED' : '';
      report({ text: `DOWNLOAD_MODE is "${value}"${hint}`, ...valuePlace(read) });
    }
  },
};

const versionForms = {
  '2004': [/^[0-9A-Za-z]{6}$/, 'six letters or digits'],
  '11xx': [/^\d{6,10}$/, 'six to ten digits'],
} as const;

const versionForm: Rule<NortelText> = {
  code: 'version-form',
  severity: 'error',
  title: 'VERSION of [DEVICE_CONFIG] in another form than phones take',
  consequence: 'The phone may compare it wrongly and not fetch its settings.',
  cure: 'Write six letters or digits, such as 000021.',
  check(file, report) {
    const read = entryOf(file, 'DEVICE_CONFIG', 'VERSION');
    if (!read || read.value === '' || read.placeholder) return;
    const [pattern, form] = versionForms[file.dialect];
    if (!pattern.test(read.value))
      report({ text: `VERSION "${read.value}" should be ${form}`, ...valuePlace(read) });
  },
};

const forced: Rule<NortelText> = {
  code: 'forced-left-on',
  severity: 'warning',
  title: 'DOWNLOAD_MODE FORCED is on',
  consequence:
    'Every phone with a SIP load fetches the file again at each start; firmware is written to flash each time.',
  cure: 'Go back to AUTO as soon as the phones have the file.',
  check({ entries, dialect }, report) {
    if (dialect !== '2004') return;
    for (const read of entries)
      if (read.entry.key === 'DOWNLOAD_MODE' && /^FORCED$/i.test(read.value))
        report({ text: `[${read.section}] is FORCED`, ...valuePlace(read) });
  },
};

const serverZero: Rule<NortelText> = {
  code: 'server-zero',
  severity: 'error',
  title: 'SERVER_IP 0.0.0.0 that is not commented out',
  consequence: 'The phone asks a server that does not exist, and gets nothing.',
  cure: 'Put # before SERVER_IP and SERVER_PORT where one server has all files.',
  check({ entries, text }, report) {
    for (const read of entries) {
      if (read.entry.key !== 'SERVER_IP' || read.value !== '0.0.0.0') continue;
      const { line, keyColumn } = read.entry;
      const fix = replaceOnLine(text, line, keyColumn, 0, '# ');
      report({ text: `[${read.section}] names no server`, ...keyPlace(read), fix });
    }
  },
};

/** What [FW] says twice: by VERSION, and by the name of the file where that has a version. */
function firmwareOf(file: NortelText) {
  const version = entryOf(file, 'FW', 'VERSION');
  const named = entryOf(file, 'FW', 'FILENAME');
  const byVersion = version && parseNortelImageName(version.value);
  const byFile = named && nortelImageOfFile(named.value);
  if (!version || !byVersion || !byFile) return undefined;
  const isSame = byVersion.load === byFile.load && byVersion.release === byFile.release;
  return isSame ? undefined : { version, byVersion, byFile };
}

const revert: Rule<NortelText> = {
  code: 'revert-version',
  severity: 'warning',
  title: 'UNIStim firmware under the VERSION of a SIP load',
  consequence:
    'With AUTO nothing is fetched. With FORCED the phone fetches the UNIStim firmware, as NN42020-202 has it, and one that comes back to SIP fetches it again.',
  cure: "Write the image's own version id as VERSION, and AUTO again once the phones have it.",
  check(file, report) {
    const found = firmwareOf(file);
    if (found?.byVersion.kind !== 'sip' || found.byFile.kind !== 'unistim') return;
    const { byFile, byVersion, version } = found;
    const text = `VERSION is ${byVersion.canonical}, the file ${byFile.canonical}`;
    report({ text, ...valuePlace(version) });
  },
};

/** Also found between files, where the image says what it is. */
export const versionMismatchWords = {
  code: 'fw-version-mismatch',
  severity: 'error',
  title: 'VERSION of [FW] that is not that of its image',
  consequence:
    'A VERSION above that of the image makes phones fetch it at each start; one below keeps them from it.',
  cure: 'Write the version id that Nortel gives with the image.',
} as const;

const mismatch: Rule<NortelText> = {
  ...versionMismatchWords,
  check(file, report) {
    const found = firmwareOf(file);
    if (!found || (found.byVersion.kind === 'sip' && found.byFile.kind === 'unistim')) return;
    const { byFile, byVersion, version } = found;
    const text = `VERSION is ${byVersion.canonical}, the file ${byFile.canonical}`;
    report({ text, ...valuePlace(version) });
  },
};

/** `2004tftp.cfg` and its like: NN42020-202, sections 3 and 6. */
export const sectionRules: readonly Rule<NortelText>[] = [
  missing,
  unknown,
  repeated,
  homeless,
  incomplete,
  mode,
  versionForm,
  forced,
  serverZero,
  revert,
  mismatch,
];
