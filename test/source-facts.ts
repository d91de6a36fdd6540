import { posix } from 'node:path';
import ts from 'typescript';

/** A source file in memory; the path is from the root of the project, with `/`. */
export type Source = { readonly path: string; readonly text: string };

export type Fact = { readonly line: number; readonly text: string };

/** What the rules of the layers look at. */
export type SourceFacts = {
  readonly path: string;
  /** Paths from the root for files of the project, else the module's name. */
  readonly imports: readonly Fact[];
  /** Text of strings, templates and regular expressions. */
  readonly literals: readonly Fact[];
  readonly defaultExports: readonly Fact[];
  /** Variables of the module that can change. */
  readonly moduleState: readonly Fact[];
  /** Names such as `process.env` and `Date.now`, also through a destructuring or an import. */
  readonly ambient: readonly Fact[];
};

/** Reads a source with the TypeScript parser; comments are no part of the facts. */
export function sourceFacts({ path, text }: Source): SourceFacts {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const nodes = everyNode(file);
  const fact = (node: ts.Node, of: string): Fact => ({
    line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1,
    text: of,
  });
  const facts = (read: (node: ts.Node) => readonly string[]) =>
    nodes.flatMap((node) => read(node).map((of) => fact(node, of)));
  return {
    path,
    imports: facts((node) => importedBy(node).map((name) => resolved(path, name))),
    literals: facts((node) => literalOf(node)),
    defaultExports: facts((node) => (isDefaultExport(node) ? ['default'] : [])),
    moduleState: file.statements.flatMap((node) => changeable(node).map((of) => fact(node, of))),
    ambient: facts((node) => ambientOf(node)),
  };
}

function everyNode(root: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node) => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

/** Static, dynamic and type imports, re-exports and require. */
function importedBy(node: ts.Node): readonly string[] {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : [];
  if (ts.isExternalModuleReference(node)) return textOf(node.expression);
  if (!ts.isCallExpression(node)) return [];
  const callee = node.expression;
  const isRequire = ts.isIdentifier(callee) && callee.text === 'require';
  const isImport = callee.kind === ts.SyntaxKind.ImportKeyword;
  return isRequire || isImport ? textOf(node.arguments[0]) : [];
}

function textOf(node: ts.Node | undefined): readonly string[] {
  return node && ts.isStringLiteralLike(node) ? [node.text] : [];
}

function resolved(from: string, name: string): string {
  return name.startsWith('.') ? posix.join(posix.dirname(from), name) : name;
}

function literalOf(node: ts.Node): readonly string[] {
  const isText =
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node) ||
    ts.isRegularExpressionLiteral(node);
  return isText ? [node.text] : [];
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  if (!ts.canHaveModifiers(node)) return false;
  return (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
}

/** `let` and `var`, and collections that start empty and so must be filled later. */
function changeable(statement: ts.Statement): readonly string[] {
  if (!ts.isVariableStatement(statement)) return [];
  const { declarations, flags } = statement.declarationList;
  const isConst = (flags & ts.NodeFlags.Const) !== 0;
  return declarations
    .filter(({ initializer }) => !isConst || isEmptyCollection(initializer))
    .map(({ name }) => name.getText());
}

function isEmptyCollection(node: ts.Expression | undefined): boolean {
  if (!node || !ts.isNewExpression(node) || (node.arguments ?? []).length > 0) return false;
  return /^(Weak)?(Map|Set)$/.test(node.expression.getText());
}

const watched = new Set(['process', 'Date', 'Math', 'performance']);

function ambientOf(node: ts.Node): readonly string[] {
  if (ts.isPropertyAccessExpression(node)) return member(node.expression, node.name.text);
  if (ts.isElementAccessExpression(node))
    return textOf(node.argumentExpression).flatMap((name) => member(node.expression, name));
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    const { initializer, name } = node;
    const names = name.elements.map((element) => (element.propertyName ?? element.name).getText());
    return initializer ? names.flatMap((each) => member(initializer, each)) : [];
  }
  if (ts.isImportDeclaration(node) && textOf(node.moduleSpecifier)[0] === 'node:process') {
    const bindings = node.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) return [];
    return bindings.elements.map(
      ({ name, propertyName }) => `process.${(propertyName ?? name).text}`,
    );
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date')
    return (node.arguments ?? []).length === 0 ? ['new Date()'] : [];
  return [];
}

function member(object: ts.Expression, name: string): readonly string[] {
  const owner = object.getText().replace(/^globalThis\./, '');
  return watched.has(owner) ? [`${owner}.${name}`] : [];
}
