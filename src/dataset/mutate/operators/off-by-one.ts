import type { Node } from 'web-tree-sitter';
import { type Edit, type MutationOperator, meaningfulChildren, replaced } from '../mutation.ts';

const INTEGERS = new Set(['integer', 'decimal_integer_literal', 'number']);

/** A number that is one too large or too small, a `+ 1` or `- 1` that is missing. */
export const shiftConstant: MutationOperator = {
  name: 'constant',
  editsAt: ({ node, parent }) => {
    if (isSum(node)) {
      const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
      return right?.text === '1' && left !== null ? [replaced(node, left.text)] : [];
    }
    if (!INTEGERS.has(node.type) || !/^(?:0|[1-9]\d{0,8})$/.test(node.text)) return [];
    const value = Number(node.text);
    // Nobody writes `+ 0` or `-0`.
    const least = parent !== null && (isSum(parent.node) || parent.node.type.startsWith('unary_')) ? 1 : 0;
    return [value + 1, value - 1]
      .filter((other) => other >= least)
      .map((other) => replaced(node, String(other)));
  },
};

function isSum(node: Node): boolean {
  const operator = node.childForFieldName('operator')?.type;
  return /^binary_(?:operator|expression)$/.test(node.type) && (operator === '+' || operator === '-');
}

/** Functions whose arguments are the ends of a range. */
const RANGES = /^(?:range|slice|substring|substr|subList|copyOfRange)$/;

/** What can be written before `+ 1` without parentheses. */
const SIMPLE =
  /^(?:identifier|attribute|call|subscript|binary_operator|call_expression|member_expression|method_invocation|field_access|subscript_expression|array_access|binary_expression)$/;

/** A range, slice or index that ends or begins one off. */
export const shiftBound: MutationOperator = {
  name: 'bound',
  editsAt: (site, { language }) => {
    const { node } = site;
    if (node.type === 'slice') return meaningfulChildren(node, language).flatMap(shifted);
    if (/^(?:subscript|subscript_expression|array_access)$/.test(node.type)) {
      const index = node.childForFieldName('subscript') ?? node.childForFieldName('index');
      return index === null || !/^(?:identifier|binary_operator|binary_expression)$/.test(index.type)
        ? []
        : shifted(index);
    }
    if (node.type === 'for_statement') {
      const condition = node.childForFieldName('condition');
      const right = condition?.type === 'binary_expression' ? condition.childForFieldName('right') : null;
      return right === null || right === undefined ? [] : shifted(right);
    }
    const list = node.childForFieldName('arguments');
    const name = (node.childForFieldName('function') ?? node.childForFieldName('name'))?.text;
    const isRange = list !== null && RANGES.test(name?.split('.').at(-1) ?? '');
    return isRange ? meaningfulChildren(list, language).slice(0, 2).flatMap(shifted) : [];
  },
};

function shifted(bound: Node): Edit[] {
  // Those are shifted by their constant.
  if (isSum(bound) && INTEGERS.has(bound.childForFieldName('right')?.type ?? '')) return [];
  return SIMPLE.test(bound.type)
    ? [replaced(bound, `${bound.text} + 1`), replaced(bound, `${bound.text} - 1`)]
    : [];
}
