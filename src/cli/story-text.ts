import type { Explained } from '../core/explain/explain.ts';
import { happeningWords } from '../core/explain/happening-words.ts';
import type { Diagnosed } from '../model/diagnosis.ts';
import type { Evidence } from '../model/observation.ts';
import type { AskedFile, Phase, Step, StoryBoot } from '../model/story.ts';
import { formatMac } from '../wire/mac.ts';
import { printable } from './printable.ts';

/** Boots that are told of; phones that go round in circles have hundreds. */
const mostBoots = 3;
const mostFiles = 6;
/** Between the margin and the text of a diagnosis. */
const indent = 11;

/** One phone: who it is, what is wrong, first the first thing, then what it did. */
export function phoneBlock(phone: Explained, columns: number): readonly string[] {
  const { diagnoses, story } = phone;
  const serious = diagnoses.filter(({ severity }) => severity !== 'note');
  const notes = diagnoses.filter(({ severity }) => severity === 'note');
  const boots = story.boots.slice(-mostBoots);
  const before = story.boots.length - boots.length;
  return [
    headLine(phone),
    ...serious.flatMap((each) => ['', ...diagnosisLines(each, columns)]),
    ...(notes.length > 0 ? ['', ...notes.flatMap((each) => noteLines(each, columns))] : []),
    ...(before > 0 ? ['', `  ${before} earlier boots`] : []),
    ...boots.flatMap((boot, at) => ['', ...bootLines(boot, before + at + 1)]),
  ].map(printable);
}

/** MAC, model and address. */
export function headLine({ story, because }: Explained): string {
  const { mac, address, model, family } = story;
  const name = mac === undefined ? (address ?? 'unknown') : formatMac(mac);
  const what = model ?? family ?? 'a phone of no known family';
  const at = mac === undefined || address === undefined ? '' : `  ${address}`;
  return printable(`${name}  ${what}${at}  (${because})`);
}

function diagnosisLines(found: Diagnosed, columns: number): readonly string[] {
  const { severity, code, text, consequence, cure, evidence } = found;
  return [
    ...entry(severity, `${code}: ${text}`, columns),
    ...(consequence === undefined ? [] : entry('then', consequence, columns)),
    ...(cure === undefined ? [] : entry('to do', cure, columns)),
    ...evidence.map((line, at) => label(at === 0 ? 'seen' : '', evidenceLine(line))),
  ];
}

function noteLines({ code, text }: Diagnosed, columns: number): readonly string[] {
  return entry('note', `${code}: ${text}`, columns);
}

function evidenceLine({ source, line, text }: Evidence): string {
  return `${source}${line === undefined ? '' : `:${line}`}  ${text.trim()}`;
}

function label(word: string, text: string): string {
  return `  ${word.padEnd(indent - 2)}${text}`;
}

/** A word, and a text in lines behind it. */
function entry(word: string, text: string, columns: number): readonly string[] {
  return wrapped(text, Math.max(40, columns - indent)).map((line, at) =>
    label(at === 0 ? word : '', line),
  );
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function bootLines(boot: StoryBoot, number: number): readonly string[] {
  const { startedAt, because, phases, runs } = boot;
  const on = runs === undefined ? '' : `; runs ${runs}`;
  return [
    `  boot ${number}  ${localTime(startedAt)}  ${because}${on}`,
    ...phases.map((phase) => phaseLine(phase, boot)),
  ];
}

function phaseLine(phase: Phase, { steps }: StoryBoot): string {
  const { startedAt, lastAt, gap } = phase;
  const after = gap >= 1000 ? `after ${duration(gap)}` : '';
  const own = steps.filter((step) => step.phase === phase.phase && isIn(step, phase));
  const names = own.map(stepWords);
  const shown = names.length > mostFiles + 1 ? names.slice(0, mostFiles) : names;
  const more = names.length - shown.length;
  const rest = more > 0 ? [`${more} more`] : [];
  const head = [phase.phase.padEnd(14), duration(lastAt - startedAt).padStart(7), after.padEnd(11)];
  return `    ${head.join('  ')}  ${[...shown, ...rest].join(', ')}`.trimEnd();
}

function isIn({ at }: Step, { startedAt, lastAt }: Phase): boolean {
  return at >= startedAt && at <= lastAt;
}

function stepWords(step: Step): string {
  if ('seen' in step) return shortWords(happeningWords(step.seen.happening));
  return `${step.file.name} ${outcomeWords(step.file)}`.trim();
}

function shortWords(words: string): string {
  return words.split(', ')[0] ?? words;
}

/** How a file ended, with its size and how often it was asked for. */
export function outcomeWords({ outcome, code, bytes, repeats }: AskedFile): string {
  const error = outcome === 'refused' && code !== undefined ? ` (error ${code})` : '';
  const size = outcome === 'sent' && bytes !== undefined ? ` ${bytes} B` : '';
  const again = repeats > 0 ? ` x${repeats + 1}` : '';
  return `${outcome === 'untold' ? '' : outcome}${error}${size}${again}`.trim();
}

/** `0.3 s`, `24 s`, `5 min`, `3 h` */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}

/** By the clock of this machine: `2026-03-02 08:00:00`. */
export function localTime(at: number): string {
  return new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium' }).format(at);
}
