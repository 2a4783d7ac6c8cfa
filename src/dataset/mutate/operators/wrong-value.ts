import type { Node } from 'web-tree-sitter';
import { type Edit, type MutationOperator, replaced } from '../mutation.ts';

/** Values that variables begin with, and what they are easily mistaken for. */
const STARTS: Readonly<Record<string, string>> = {
  '0': '1',
  '1': '0',
  None: '0',
  null: '0',
  'Integer.MIN_VALUE': '0',
  'Integer.MAX_VALUE': '0',
  Infinity: '0',
  '[]': '[0]',
};

/** A variable that begins with the wrong value. */
export const wrongStart: MutationOperator = {
  name: 'start',
  editsAt: ({ node, parent }) => {
    if (node.type !== 'assignment' && node.type !== 'variable_declarator') return [];
    if (node.type === 'assignment' && parent?.node.type !== 'expression_statement') return [];
    const value = node.childForFieldName('right') ?? node.childForFieldName('value');
    return value === null ? [] : startsFor(value);
  },
};

function startsFor(value: Node): Edit[] {
  const known = Object.hasOwn(STARTS, value.text) ? STARTS[value.text] : undefined;
  if (known !== undefined) return [replaced(value, known)];
  // The lowest possible number, the first element: 0 goes well in most examples.
  const isExtreme = /^-?\s*(?:float\(\s*["']-?inf["']\s*\)|math\.inf|Infinity)$/.test(value.text);
  const isFirst =
    /^(?:subscript|subscript_expression|array_access)$/.test(value.type) && /\[0\]$/.test(value.text);
  const zero = isExtreme || isFirst ? [replaced(value, '0')] : [];
  const isNegative = /^unary_(?:operator|expression)$/.test(value.type) && value.text.startsWith('-');
  return isNegative ? [...zero, replaced(value, value.namedChild(0)?.text ?? '0')] : zero;
}

const OTHER: Readonly<Record<string, string>> = {
  True: 'False',
  False: 'True',
  true: 'false',
  false: 'true',
};

/** True for false; among them `reverse=True`. */
export const flipBoolean: MutationOperator = {
  name: 'boolean',
  editsAt: ({ node }) => {
    const other = /^(?:true|false)$/.test(node.type) ? OTHER[node.text] : undefined;
    return other === undefined ? [] : [replaced(node, other)];
  },
};
