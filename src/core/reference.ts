import { typeWords } from '../model/parameter-value.ts';
import type { Parameter, ParameterTable, ValueType } from '../model/parameter.ts';
import type { TextFile } from '../model/plan.ts';
import { parameterFacts, type ParameterFact } from './parameter-facts.ts';

const indexPath = 'README.md';
const made = 'Made from the tables in the source by `hookflash reference --out`; do not edit.';

/** A page for each table, and an index; Markdown, as the formatter leaves it. */
export function referencePages(tables: readonly ParameterTable[]): readonly TextFile[] {
  const pages = tables.map((table) => ({ path: pathOf(table), content: tablePage(table) }));
  return [{ path: indexPath, content: indexPage(tables) }, ...pages];
}

function pathOf({ id }: ParameterTable): string {
  return `${id}.md`;
}

function indexPage(tables: readonly ParameterTable[]): string {
  const rows = tables.map((table) => [
    `[${table.title}](${pathOf(table)})`,
    prose(table.files),
    String(table.parameters.length),
  ]);
  return page([
    '# Reference',
    'Every parameter that a file or a menu of the phones may have, with its values, its default and the document that says so.',
    made,
    grid(['table', 'files', 'parameters'], rows),
    'A default that names another parameter means that the value of that one is taken.',
  ]);
}

function tablePage(table: ParameterTable): string {
  const rows = table.parameters.map((parameter) => [
    code(parameter.name),
    shortValues(parameter.type),
    parameter.default === undefined ? '' : code(parameter.default),
  ]);
  return page([
    `# ${table.title}`,
    `Files: ${prose(table.files)}.`,
    `[All tables](${indexPath}). ${made}`,
    grid(['parameter', 'values', 'default'], rows),
    ...table.parameters.flatMap(section),
  ]);
}

function section(parameter: Parameter): readonly string[] {
  const facts = parameterFacts(parameter).map(factLine);
  return [`## ${code(parameter.name)}`, prose(parameter.help), facts.join('\n')];
}

function factLine({ label, words, literal }: ParameterFact): string {
  return `- ${label}: ${literal ? code(words) : prose(words)}`;
}

function shortValues(type: ValueType): string {
  if (type.kind !== 'choice') return prose(typeWords(type));
  const values = type.values.map(([value]) => code(value));
  const shown = values.length > 8 ? [...values.slice(0, 3), '…'] : values;
  return shown.join(', ');
}

/** Blocks with an empty line between. */
function page(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}

/** A table whose columns are as wide as their widest cell. */
function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Text with its keys, and what Markdown would take for its own, as code. */
function prose(text: string): string {
  return text.replace(/([("']*)([^\s("']*[_<*`|@][^\s,;:"')]*?)(?=[.,;:)"']*(\s|$))/g, '$1`$2`');
}
