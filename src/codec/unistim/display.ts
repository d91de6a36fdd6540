import { softKeyPressed } from './keys.ts';
import type { UnistimCommand } from './unistim-command.ts';

/** What the display of an IP Phone 2004 shows. */
export type PhoneDisplay = {
  /** Up to 12 characters, beside the time. */
  readonly title: string;
  /** Three lines of up to 24 characters. */
  readonly lines: readonly string[];
  /** Labels of up to 7 characters above the four soft keys; empty where the key does nothing. */
  readonly softKeys: readonly string[];
};

export const blankDisplay: PhoneDisplay = {
  title: '',
  lines: ['', '', ''],
  softKeys: ['', '', '', ''],
};

const titleWidth = 12;
const lineWidth = 24;
const labelWidth = 7;
const numberShift = 5;
const targets = { title: 0x02, line: 0x04, softKey: 0x08 } as const;
const normalText = 0x05;
const cursorOff: UnistimCommand = { kind: 'cursor-control', data: Uint8Array.of(0x87) };

/** The commands that make the display show this, whole. Layouts: Asterisk's channel driver. */
export function drawDisplay({ title, lines, softKeys }: PhoneDisplay): readonly UnistimCommand[] {
  return [
    drawTitle(title),
    ...blankDisplay.lines.map((_, at) => drawLine(at, lines[at] ?? '')),
    ...blankDisplay.softKeys.map((_, at) => drawSoftKey(at, softKeys[at] ?? '')),
    cursorOff,
  ];
}

/** A line alone, 0 to 2. */
export function drawLine(line: number, text: string): UnistimCommand {
  return {
    kind: 'write-controlled-at',
    at: { target: targets.line, position: line << numberShift },
    control: normalText,
    text: padded(text, lineWidth),
  };
}

function drawTitle(title: string): UnistimCommand {
  return { kind: 'write-at', at: { target: targets.title }, text: padded(title, titleWidth) };
}

function drawSoftKey(key: number, label: string): UnistimCommand {
  const at = { target: targets.softKey | (key << numberShift) };
  return { kind: 'write-at', at, text: padded(label, labelWidth) };
}

/** The display after a command; the same one where the command draws nothing of it. */
export function displayAfter(display: PhoneDisplay, command: UnistimCommand): PhoneDisplay {
  if (command.kind !== 'write-at' && command.kind !== 'write-controlled-at') return display;
  const { target, position = 0 } = command.at;
  const text = command.text.trimEnd();
  const { title, lines, softKeys } = display;
  if ((target & targets.line) !== 0)
    return { title, lines: replaced(lines, position >> numberShift, text), softKeys };
  if ((target & targets.softKey) !== 0)
    return { title, lines, softKeys: replaced(softKeys, target >> numberShift, text) };
  if ((target & targets.title) !== 0) return { title: text, lines, softKeys };
  return display;
}

/**
 * What the phone reports when the soft key with this label is pressed. Labels have room for seven
 * characters: a key that shows one word of what is looked for, as `Version` of `Display Version`,
 * is taken too. Undefined where no key has it.
 */
export function keyLabelled({ softKeys }: PhoneDisplay, wanted: string): number | undefined {
  const exact = softKeys.indexOf(wanted);
  const words = wanted.split(' ');
  const found = exact >= 0 ? exact : softKeys.findIndex((label) => words.includes(label));
  return wanted === '' ? undefined : softKeyPressed[found];
}

function padded(text: string, width: number): string {
  return text
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
    .slice(0, width)
    .padEnd(width);
}

function replaced(texts: readonly string[], at: number, text: string): readonly string[] {
  return texts.map((each, index) => (index === at ? text : each));
}
