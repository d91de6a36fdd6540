import type { Evidence, FileEnd, Happening, Observation } from '../../model/observation.ts';
import type { AskedFile, FileOutcome, Reach } from '../../model/story.ts';

type Asking = Extract<Happening, { readonly kind: 'file-asked' }>;
type Ending = Extract<Happening, { readonly kind: 'file-ended' }>;

/** A request whose end is not known yet. */
type Open = {
  readonly at: number;
  readonly asking: Asking;
  readonly evidence: Evidence[];
  lastAt: number;
  repeats: number;
  ended?: { readonly at: number; readonly end: FileEnd };
};

/** Lines that are kept of one file. */
const mostLines = 4;
/** Phones send a request again after four seconds; where no port is told, this tells as much. */
const sentAgainWithin = 6000;
/** Programs may tell of one end in two lines. */
const toldTwiceWithin = 1000;
/** A server answers sooner, and a log that ends sooner says nothing of it. */
const answerWithin = 5000;

/** The files that one phone asked for, requests and ends put together. */
export function askedFiles(
  observations: readonly Observation[],
  reach: Reach,
  endedAt: number,
): readonly AskedFile[] {
  const opens: Open[] = [];
  for (const { at, happening, evidence } of observations) {
    if (happening.kind === 'file-asked') asked(opens, at, happening, evidence);
    if (happening.kind === 'file-ended') ended(opens, at, happening, evidence);
  }
  return opens.map((open, index) => fileOf(open, reach, opens[index + 1]?.at ?? endedAt));
}

function asked(opens: Open[], at: number, asking: Asking, evidence: Evidence): void {
  const before = opens.findLast((open) => isAgain(open, at, asking));
  if (before === undefined)
    return void opens.push({ at, asking, evidence: [evidence], lastAt: at, repeats: 0 });
  before.repeats++;
  before.lastAt = at;
  if (before.evidence.length < mostLines) before.evidence.push(evidence);
}

function isAgain(open: Open, at: number, { path, protocol, port }: Asking): boolean {
  if (open.ended || open.asking.path !== path || open.asking.protocol !== protocol) return false;
  const isLate = at - open.lastAt > sentAgainWithin;
  if (port === undefined || open.asking.port === undefined) return !isLate;
  return open.asking.port === port;
}

function ended(opens: Open[], at: number, { path, protocol, end }: Ending, line: Evidence): void {
  const open = opens.findLast(
    (each) => !each.ended && each.asking.protocol === protocol && isOf(each, path),
  );
  if (open) {
    open.ended = { at, end };
    open.evidence.push(line);
    return;
  }
  const isTold = opens.some(
    (each) => each.ended && at - each.ended.at <= toldTwiceWithin && isOf(each, path),
  );
  if (isTold || path === undefined) return;
  // Some programs write a line for the end alone.
  const asking: Asking = { kind: 'file-asked', protocol, path };
  opens.push({ at, asking, evidence: [line], lastAt: at, repeats: 0, ended: { at, end } });
}

function isOf({ asking }: Open, path: string | undefined): boolean {
  return path === undefined || bare(path) === bare(asking.path);
}

/** Servers write paths with or without what stands before them. */
function bare(path: string): string {
  return lastPart(path).toLowerCase();
}

/** After the last slash, or backslash as on Windows. */
export function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function fileOf(open: Open, { ends }: Reach, nextAt: number): AskedFile {
  const { at, asking, evidence, repeats, ended: over } = open;
  const { protocol, path, server } = asking;
  const isOver = nextAt - open.lastAt >= answerWithin;
  const base = { at, evidence, protocol, path, name: lastPart(path), repeats };
  const file = { ...base, ...(server === undefined ? {} : { server }) };
  if (!over) return { ...file, outcome: ends && isOver ? 'unanswered' : 'untold' };
  return { ...file, endedAt: over.at, ...endOf(over.end) };
}

function endOf(end: FileEnd): Pick<AskedFile, 'outcome' | 'code' | 'words' | 'bytes' | 'answered'> {
  switch (end.kind) {
    case 'sent':
      return { outcome: 'sent', ...(end.bytes === undefined ? {} : { bytes: end.bytes }) };
    case 'error':
      return { outcome: outcomeOf(end.code), code: end.code, words: end.text };
    case 'aborted':
      return { outcome: 'aborted', words: end.text };
    case 'timed-out':
      return { outcome: 'timed-out', ...answeredBy(end) };
  }
}

/** Whether the server had sent something; left out where the source does not tell. */
function answeredBy({
  answered,
  bytes,
}: Extract<FileEnd, { readonly kind: 'timed-out' }>): Pick<AskedFile, 'answered' | 'bytes'> {
  const size = bytes === undefined ? {} : { bytes };
  if (answered === undefined && bytes === undefined) return size;
  return { ...size, answered: answered === true || (bytes ?? 0) > 0 };
}

/** TFTP error 1 and HTTP status 404 and 410 alone say that the file is not there. */
function outcomeOf(code: number): FileOutcome {
  return code === 1 || code === 404 || code === 410 ? 'missing' : 'refused';
}
