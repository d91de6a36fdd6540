import type { Advance } from '../core/firmware/firmware-folder.ts';
import type { Io } from './io.ts';
import { printable } from './printable.ts';

/** Shorter work shows nothing. */
const quietMs = 1000;
const redrawMs = 100;
const barWidth = 24;

/** A bar on stderr for work that takes longer than a second; nothing where that is no terminal. */
export function progressBar(
  io: Pick<Io, 'progress' | 'columns'>,
  now: () => number,
): { readonly onAdvance: (advance: Advance) => void; readonly done: () => void } {
  const { progress } = io;
  if (!progress) return { onAdvance: () => undefined, done: () => undefined };
  let next = now() + quietMs;
  let isShown = false;
  return {
    onAdvance(advance) {
      const at = now();
      if (at < next) return;
      next = at + redrawMs;
      isShown = true;
      progress(barLine(advance, io.columns));
    },
    done() {
      if (isShown) progress(undefined);
      isShown = false;
    },
  };
}

export function barLine({ done, total, what }: Advance, columns = 80): string {
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.round(part * barWidth);
  const bar = '#'.repeat(full) + '-'.repeat(barWidth - full);
  const line = `[${bar}] ${String(Math.floor(part * 100)).padStart(3)} %  ${printable(what)}`;
  return line.slice(0, Math.max(20, columns - 1));
}
