import type { Rule } from '../../../shared/lint/rule.ts';
import type { RingSubject } from './ring-list-subject.ts';

const maxRings = 50;
const maxName = 25;

const tooMany: Rule<RingSubject> = {
  code: 'ring-list-length',
  severity: 'warning',
  title: `More than ${maxRings} rings`,
  consequence: `The phone offers the first ${maxRings}.`,
  cure: 'Take out the rings that nobody wants.',
  check({ rings }, report) {
    const first = rings[maxRings];
    if (first === undefined) return;
    const text = `${rings.length} rings; phones take ${maxRings}`;
    report({ text, line: first.line, column: first.column });
  },
};

const longName: Rule<RingSubject> = {
  code: 'ring-name-length',
  severity: 'warning',
  title: `Name or file of a ring longer than ${maxName} characters`,
  consequence: 'The phone does not take the ring.',
  cure: 'Shorten it.',
  check({ rings }, report) {
    for (const { name, file, line, column } of rings)
      for (const text of [name, file])
        if (text.length > maxName)
          report({ text: `"${text}" has ${text.length} characters`, line, column });
  },
};

const noTab: Rule<RingSubject> = {
  code: 'ring-list-tab',
  severity: 'warning',
  title: 'Blanks in place of a tab in RINGLIST.DAT',
  consequence: 'The phone may take the whole line for the name and find no file for it.',
  cure: 'Put a tab between the name and the file.',
  check({ notes }, report) {
    const without = notes.filter(({ code }) => code === 'no-tab');
    const [first] = without;
    if (!first) return;
    const { line, column } = first;
    const more = without.length > 1 ? `, and on ${without.length - 1} more lines` : '';
    report({ text: `no tab between name and file${more}`, line, column });
  },
};

const noRing: Rule<RingSubject> = {
  code: 'ring-list-line',
  severity: 'warning',
  title: 'Line of RINGLIST.DAT that is no ring',
  consequence: 'The phone passes over it, or shows a ring that it cannot play.',
  cure: 'Write name, tab and file, or take the line out.',
  check({ notes }, report) {
    for (const { code, text, line, column } of notes)
      if (code === 'no-ring' || code === 'text-after-file') report({ text, line, column });
  },
};

/** Cisco Unified IP Phone documents, "Creating Custom Phone Rings"; usecallmanager.nz, "Ring Tones". */
export const ringListRules: readonly Rule<RingSubject>[] = [tooMany, longName, noTab, noRing];
