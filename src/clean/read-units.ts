import type { Node } from 'web-tree-sitter';
import type { Language, SyntaxNodes } from '../lang/language.ts';
import { withTree } from '../lang/parser.ts';
import { brokenUnits } from './broken-units.ts';
import type { CodeUnit } from './code-unit.ts';
import { faultRow, functionFacts } from './function-facts.ts';
import { boundNames, definedNames, functionNameNode, identifiersIn } from './syntax-names.ts';
import { unitText } from './unit-text.ts';

/** A piece of source; what the task gave (the prompt of a completion) comes first. */
export interface SourceBlock {
  readonly code: string;
  /** Length of the given part. Comments in it are not the candidate's. */
  readonly givenLength: number;
  /** Where the text ends; what follows was added here, and a function that reaches into it was not closed. */
  readonly ownEnd: number;
}

/** Answers have a few dozen definitions at most; a text with more is a model repeating itself. */
const MAX_UNITS = 1000;

interface Reader {
  readonly language: Language;
  readonly nodes: SyntaxNodes;
  readonly source: SourceBlock;
  readonly block: number;
}

/**
 * The definitions of a block in source order, whether or not the rest of it parses; after them functions of which only
 * the header could be made out. Statements are left out.
 */
export async function readUnits(language: Language, source: SourceBlock, block: number): Promise<CodeUnit[]> {
  const { nodes } = language;
  if (nodes === null) {
    return [];
  }
  const read = (root: Node) => ({
    units: unitsBelow({ language, nodes, source, block }, root),
    isSound: !root.hasError,
  });
  const { units, isSound } = (await withTree(language, source.code, read)) ?? { units: [], isSound: false };
  if (isSound) {
    return units;
  }
  const known = new Set(units.flatMap((unit) => unit.functions.map(({ name }) => name)));
  return [...units, ...brokenUnits(language, source.code.slice(0, source.ownEnd), known, block)];
}

/** `above` belongs to the first definition: what was attached to an `export` around it. */
function unitsBelow(reader: Reader, parent: Node, above: readonly Node[] = []): CodeUnit[] {
  const { nodes } = reader;
  const units: CodeUnit[] = [];
  let inherited = above;
  let leading: Node[] = [];
  const children = parent.children;
  for (const [index, node] of children.entries()) {
    if (!node.isNamed || units.length >= MAX_UNITS) {
      continue;
    }
    if (nodes.comments.includes(node.type) || nodes.attributes.includes(node.type)) {
      leading = isAttached(reader, leading, node) ? [...leading, node] : [node];
      continue;
    }
    const own = [...inherited, ...ownLeading(reader, leading, node)];
    const body = node.childForFieldName('body');
    if (node.isError || nodes.transparent.includes(node.type)) {
      units.push(...unitsBelow(reader, body ?? node, body === null && !node.isError ? own : []));
    } else {
      // C++ leaves the `;` after a class to the next node.
      const next = children[index + 1];
      const end = next?.type === ';' ? next.endIndex : node.endIndex;
      const unit = unitOf(reader, own, node, end);
      units.push(...(unit === null ? [] : [unit]));
    }
    inherited = [];
    leading = [];
  }
  return units;
}

function unitOf(reader: Reader, leading: readonly Node[], node: Node, end: number): CodeUnit | null {
  const { language, nodes, source } = reader;
  const definition = nodes.wrappers.includes(node.type)
    ? (node.childForFieldName('definition') ?? node.lastNamedChild ?? node)
    : node;
  const kind = kindOf(reader, definition);
  if (kind === null) {
    return null;
  }
  const text = unitText(source.code, nodes, leading, node, end);
  const firstRow = (leading[0] ?? node).startPosition.row;
  const borrows = node.endIndex > source.ownEnd;
  const lastRow = text.split('\n').length - 1;
  const functions = (kind === 'import' ? [] : functionFacts(language, definition, firstRow)).map((fact) =>
    borrows && kind === 'function' ? { ...fact, body: 'broken' as const, faultRow: lastRow } : fact,
  );
  const fault = borrows ? firstRow + lastRow : faultRow(nodes, node);
  const members =
    kind === 'type' && (language.functionsAreMembers || language.methodSignature !== null)
      ? unitsBelow(reader, definition.childForFieldName('body') ?? definition)
      : [];
  return {
    kind,
    names: namesOf(reader, kind, definition),
    uses: new Set(identifiersIn(node)),
    bound: kind === 'import' ? new Set() : boundNames(node, nodes),
    text: kind === 'import' && node.type === 'import_spec' ? `import ${text}` : text,
    functions,
    members,
    always: isAlwaysKept(language, kind, node),
    faultRow:
      fault === null
        ? (functions.find((fact) => fact.faultRow !== null)?.faultRow ?? null)
        : fault - firstRow,
    block: reader.block,
  };
}

function kindOf({ nodes, language }: Reader, node: Node): CodeUnit['kind'] | null {
  if (nodes.functions.includes(node.type)) {
    return 'function';
  }
  if (nodes.types.includes(node.type)) {
    return 'type';
  }
  if (nodes.imports.includes(node.type)) {
    return 'import';
  }
  if (nodes.conditionalImports.includes(node.type)) {
    const imports = node.descendantsOfType([...nodes.imports]).length > 0;
    return imports && !node.text.includes('__name__') ? 'import' : null;
  }
  if (!nodes.variables.includes(node.type)) {
    return null;
  }
  const assigns = node.type !== 'expression_statement' || /assignment/.test(node.namedChild(0)?.type ?? '');
  return assigns || language.keptCall?.test(node.text) === true ? 'variable' : null;
}

function namesOf({ language }: Reader, kind: CodeUnit['kind'], node: Node): string[] {
  switch (kind) {
    case 'import':
      return importedNames(language, node);
    case 'function': {
      const name = functionNameNode(node)?.text;
      const owner = node.childForFieldName('receiver');
      const qualified = node.descendantsOfType('qualified_identifier')[0]?.childForFieldName('scope')?.text;
      return [
        ...(name === undefined ? [] : [name]),
        // A type that is kept keeps its methods.
        ...(owner === null ? [] : owner.descendantsOfType('type_identifier').map((type) => type.text)),
        ...(qualified === undefined ? [] : [qualified]),
      ];
    }
    case 'type': {
      const name = node.childForFieldName('name')?.text;
      const implemented = node.type === 'impl_item' ? node.childForFieldName('type') : null;
      const constants = node.type.startsWith('enum') ? node.childForFieldName('body') : null;
      return [
        ...(name === undefined ? definedNames(node, true) : [name]),
        ...(implemented === null ? [] : identifiersIn(implemented)),
        ...(constants === null ? [] : identifiersIn(constants)),
      ];
    }
    case 'variable':
      return definedNames(node, true);
  }
}

function importedNames(language: Language, node: Node): string[] {
  if (node.type === 'import_spec') {
    const alias = node.childForFieldName('name')?.text;
    const path = (node.childForFieldName('path')?.text ?? '').replace(/["`]/g, '');
    const segments = path.split('/').filter((segment) => !/^v\d+$/.test(segment));
    return [alias ?? segments.at(-1) ?? path];
  }
  const names = identifiersIn(node);
  return language.functionsAreMembers ? names.slice(-1) : names;
}

function isAlwaysKept(language: Language, kind: CodeUnit['kind'], node: Node): boolean {
  if (kind !== 'import') {
    return kind === 'variable' && language.keptCall?.test(node.text) === true;
  }
  return (
    language.keepAllImports ||
    node.type === 'future_import_statement' ||
    node.descendantsOfType(['wildcard_import', 'asterisk', 'dot', 'blank_identifier']).length > 0
  );
}

/** True when nothing but the end of a line lies between the nodes. */
function isAttached({ source }: Reader, leading: readonly Node[], node: Node): boolean {
  const last = leading.at(-1);
  if (last === undefined) {
    return false;
  }
  // A line comment's node may or may not hold its line break.
  const gap = `${last.text.endsWith('\n') ? '\n' : ''}${source.code.slice(last.endIndex, node.startIndex)}`;
  return gap.trim() === '' && gap.split('\n').length === 2;
}

/** The comments and attributes that belong to the node, those of the given text left out. */
function ownLeading(reader: Reader, leading: readonly Node[], node: Node): Node[] {
  if (!isAttached(reader, leading, node)) {
    return [];
  }
  const { source, nodes } = reader;
  const startsLine = (comment: Node) =>
    source.code
      .slice(source.code.lastIndexOf('\n', comment.startIndex - 1) + 1, comment.startIndex)
      .trim() === '';
  const lastForeign = leading.findLastIndex(
    (above) =>
      !startsLine(above) || (nodes.comments.includes(above.type) && above.startIndex < source.givenLength),
  );
  return leading.slice(lastForeign + 1);
}
