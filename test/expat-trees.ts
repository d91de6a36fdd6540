import { spawnSync } from 'node:child_process';

/** An XML document as Python's expat reads it, or where and why it does not. */
export type ExpatResult =
  { readonly root: ExpatElement } | { readonly error: string; readonly line: number };

export type ExpatElement = {
  readonly name: string;
  /** In the order of the document. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** Elements and texts in the order of the document. */
  readonly content: readonly (ExpatElement | string)[];
};

// Without namespaces and with document types refused, as our reader is.
const script = `
import json, sys
from xml.parsers import expat

def read(path):
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    top = {"content": []}
    stack = [top]
    def start(name, pairs):
        node = {"name": name, "attributes": [pairs[i:i + 2] for i in range(0, len(pairs), 2)], "content": []}
        stack[-1]["content"].append(node)
        stack.append(node)
    def doctype(*_):
        raise ValueError(parser.CurrentLineNumber)
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: stack.pop()
    parser.CharacterDataHandler = lambda text: stack[-1]["content"].append(text)
    parser.StartDoctypeDeclHandler = doctype
    try:
        with open(path, "rb") as file:
            parser.Parse(file.read(), True)
        return {"root": top["content"][0]}
    except expat.ExpatError as error:
        return {"error": str(error), "line": error.lineno}
    except ValueError as error:
        return {"error": "document type", "line": error.args[0]}

json.dump([read(path) for path in json.load(sys.stdin)], sys.stdout)
`;

/** Reads all files with one run of the interpreter. */
export function expatTrees(python: string, paths: readonly string[]): readonly ExpatResult[] {
  const run = spawnSync(python, ['-c', script], {
    input: JSON.stringify(paths),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (run.status !== 0) throw new Error(`python: ${run.stderr}`);
  return JSON.parse(run.stdout) as readonly ExpatResult[];
}

/** Every text and attribute by path, as `decode` gives them; passwords as they are. */
export function valuesByPath(root: ExpatElement): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const visit = ({ attributes, content }: ExpatElement, path: string) => {
    for (const [name, value] of attributes) values.set(`${path}@${name}`, value);
    const elements = content.filter((node) => typeof node !== 'string');
    const text = content
      .filter((node) => typeof node === 'string')
      .join('')
      .trim();
    if (elements.length === 0 || text !== '') values.set(path, text);
    elements.forEach((node, index) => {
      const twins = elements.filter(({ name }) => name === node.name);
      const nth = elements.slice(0, index + 1).filter(({ name }) => name === node.name).length;
      const step = twins.length > 1 ? `${node.name}[${nth}]` : node.name;
      visit(node, path === '' ? step : `${path}/${step}`);
    });
  };
  visit(root, '');
  return values;
}
