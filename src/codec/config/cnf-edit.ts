import { type CnfDocument, type CnfEntry, decodeCnf, encodeCnf, writeCnf } from './cnf.ts';
import { encodeCnfLine } from './cnf-line.ts';

/**
 * Sets a value where it stands, with its comment behind it, else on a new line at the end. Of a
 * repeated key the last one is set, which is the one that counts. Throws a CodecError for a value
 * that the syntax cannot hold.
 */
export function setCnfValue(document: CnfDocument, key: string, value: string): CnfDocument {
  const newLine = writeCnf([[key, value]]);
  const known = document.lines.findLast(
    (line) => line.kind === 'entry' && line.key === key.toLowerCase(),
  );
  if (known?.kind !== 'entry') return decodeCnf(appended(document, newLine));
  if ((known.value ?? '') === value) return document;
  const changed: CnfEntry = { ...known, ...quotesFor(known, value), valueText: value };
  const lines = document.lines.map((line) => (line === known ? changed : line));
  return decodeCnf(encodeCnf({ ...document, lines }));
}

/** Takes away every line that sets the key. */
export function removeCnfKey(document: CnfDocument, key: string): CnfDocument {
  const lines = document.lines.filter(
    (line) => line.kind !== 'entry' || line.key !== key.toLowerCase(),
  );
  return decodeCnf((document.bom ? '\uFEFF' : '') + lines.map(encodeCnfLine).join(''));
}

/** Quotes that are there and straight stay; others become straight. A bare number stays bare. */
function quotesFor(
  { quote, tail }: CnfEntry,
  value: string,
): Pick<CnfEntry, 'quote' | 'open' | 'close' | 'tail'> {
  if (quote === 'none' && /^[\w.:/+-]+$/.test(value)) return { quote, open: '', close: '', tail };
  return { quote: 'straight', open: '"', close: '"', tail };
}

function appended(document: CnfDocument, newLine: string): string {
  const text = encodeCnf(document);
  const end = document.lines[0]?.end ?? '';
  const lineEnd = end === '' ? '\n' : end;
  const before = document.lines.at(-1)?.end === '' ? lineEnd : '';
  return `${text}${before}${newLine.replace('\n', lineEnd)}`;
}
