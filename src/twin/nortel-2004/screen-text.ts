import type { PhoneDisplay } from '../../codec/unistim/display.ts';

/** The display as one line of text; soft keys in brackets. */
export function screenText({ title, lines, softKeys }: PhoneDisplay): string {
  const keys = softKeys.filter((label) => label !== '').map((label) => `[${label.trim()}]`);
  const texts = [title, ...lines, keys.join(' ')].map((text) => text.trim());
  return texts.filter((text) => text !== '').join(' | ');
}
