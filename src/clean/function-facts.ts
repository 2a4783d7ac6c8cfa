import type { Node } from 'web-tree-sitter';
import type { Language, SyntaxNodes } from '../lang/language.ts';
import { countParameters } from '../lang/signature.ts';
import type { FunctionFact } from './code-unit.ts';
import { functionNameNode, isIdentifier, parametersOf, walk } from './syntax-names.ts';

const BLOCK = /block|body|compound_statement/;

/**
 * The functions a definition offers: itself, the methods of a class, or a function value with a name. Functions inside
 * functions are not among them. Rows count from `firstRow`.
 */
export function functionFacts(language: Language, definition: Node, firstRow: number): FunctionFact[] {
  const { nodes } = language;
  if (nodes === null) {
    return [];
  }
  const facts: FunctionFact[] = [];
  walk(definition, (node) => {
    if (nodes.functions.includes(node.type)) {
      const name = functionNameNode(node)?.text;
      if (name !== undefined) {
        facts.push({ name, ...describe(language, nodes, node, node, firstRow) });
      }
      return false;
    }
    const value = functionValueOf(nodes, node);
    if (value !== null) {
      facts.push({ name: value.name, ...describe(language, nodes, value.node, node, firstRow) });
      return false;
    }
    return !nodes.functionValues.includes(node.type);
  });
  return facts;
}

/**
 * Row of the first syntax error in the node, from 0 in the source; null when there is none. A missing token may have no
 * node of its own (a line break in Python): then the error shows in its parent only.
 */
export function faultRow(nodes: SyntaxNodes, node: Node): number | null {
  let row: number | null = null;
  walk(node, (current) => {
    if (row === null && nodes.invalid.includes(current.type)) {
      row = current.startPosition.row;
    }
    if (row !== null || !(isFaulty(current) || nodes.invalid.length > 0)) {
      return false;
    }
    const harmless = current.isMissing && nodes.harmlessMissing.includes(current.parent?.type ?? '');
    if (current.isError || (current.isMissing && !harmless)) {
      row = current.startPosition.row;
    } else if (current.hasError && !harmless && !current.children.some(isFaulty)) {
      row = rowOfMissingBreak(current);
    }
    return row === null;
  });
  return row;
}

function isFaulty(node: Node): boolean {
  return node.isError || node.isMissing || node.hasError;
}

/** Where two statements share a line. */
function rowOfMissingBreak(block: Node): number {
  const children = block.namedChildren;
  const second = children.find(
    (child, index) => index > 0 && children[index - 1]?.endPosition.row === child.startPosition.row,
  );
  return (second ?? block).startPosition.row;
}

function describe(
  language: Language,
  nodes: SyntaxNodes,
  node: Node,
  whole: Node,
  firstRow: number,
): Omit<FunctionFact, 'name'> {
  const parameters = parametersOf(node);
  const list = parameters === null ? null : parameters.text.replace(/^\(|\)$/g, '');
  const parameterCount = list === null ? 0 : countParameters(language, list);
  const body = node.childForFieldName('body');
  const fault =
    faultRow(nodes, whole) ?? (language.blockStyle === 'indentation' ? cutOffRow(nodes, node, body) : null);
  if (fault !== null) {
    return { parameterCount, body: 'broken', faultRow: Math.max(0, fault - firstRow) };
  }
  if (body === null) {
    return { parameterCount, body: 'absent', faultRow: null };
  }
  const name = functionNameNode(node)?.text ?? '';
  return { parameterCount, body: doesNothing(nodes, body, name) ? 'empty' : 'complete', faultRow: null };
}

/**
 * Row where indented code is cut off although it parses: a nested block without a statement, a `try` without a handler,
 * or a bare `return` as the very last word of the text in a function that returns values. A cut at the end of a
 * statement cannot be told.
 */
function cutOffRow(nodes: SyntaxNodes, node: Node, body: Node | null): number | null {
  const hollow = node
    .descendantsOfType('block')
    .find((block) => !block.equals(body ?? node) && statementsOf(nodes, block).length === 0);
  if (hollow !== undefined) {
    return hollow.startPosition.row;
  }
  const unhandled = node
    .descendantsOfType('try_statement')
    .find((statement) => !statement.namedChildren.some((child) => /^(?:except|finally)/.test(child.type)));
  if (unhandled !== undefined) {
    return unhandled.startPosition.row;
  }
  const last = node.descendantsOfType('return_statement').at(-1);
  const source = node.tree.rootNode;
  const isLastWord = last !== undefined && last.namedChildCount === 0 && last.endIndex === source.endIndex;
  return isLastWord && returnsValues(node) ? last.startPosition.row : null;
}

function returnsValues(node: Node): boolean {
  const annotation = node.childForFieldName('return_type')?.text;
  return annotation === undefined
    ? node.descendantsOfType('return_statement').some((statement) => statement.namedChildCount > 0)
    : annotation !== 'None';
}

/** No statement, or only no-ops and the function itself once more: a completion that repeats its prompt indented. */
function doesNothing(nodes: SyntaxNodes, body: Node, name: string): boolean {
  const repeats = (statement: Node) =>
    nodes.functions.includes(statement.type) && functionNameNode(statement)?.text === name;
  return (
    BLOCK.test(body.type) &&
    statementsOf(nodes, body).every((statement) => isNoOp(nodes, statement) || repeats(statement))
  );
}

function statementsOf(nodes: SyntaxNodes, block: Node): Node[] {
  return block.namedChildren
    .flatMap((child) => (child.type === 'statement_list' ? child.namedChildren : [child]))
    .filter((child) => !nodes.comments.includes(child.type));
}

/** `pass`, `;`, a docstring or any other string alone, `...`. */
function isNoOp(nodes: SyntaxNodes, statement: Node): boolean {
  if (nodes.emptyStatements.includes(statement.type)) {
    return true;
  }
  const parts = statement.namedChildren;
  return (
    statement.type === 'expression_statement' &&
    parts.length < 2 &&
    parts.every(({ type }) => type === 'ellipsis' || nodes.strings.includes(type))
  );
}

/** `name = (…) => …` and the like, in whatever fields the grammar uses. */
function functionValueOf(nodes: SyntaxNodes, node: Node): { name: string; node: Node } | null {
  const target =
    node.childForFieldName('left') ?? node.childForFieldName('name') ?? node.childForFieldName('declarator');
  let value = node.childForFieldName('right') ?? node.childForFieldName('value');
  if (value?.type === 'expression_list' && value.namedChildCount === 1) {
    value = value.namedChild(0);
  }
  if (target === null || value === null || !nodes.functionValues.includes(value.type)) {
    return null;
  }
  const nameNode = isIdentifier(target)
    ? target
    : (target.childForFieldName('property') ?? target.lastNamedChild);
  return nameNode === null ? null : { name: nameNode.text, node: value };
}
