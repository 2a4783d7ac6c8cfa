import type { Node } from 'web-tree-sitter';
import { type Edit, type MutationOperator, meaningfulChildren } from '../mutation.ts';

const NOT_COMMUTATIVE = new Set(['-', '/', '//', '%', '**']);

/** Functions to which the order of their arguments means nothing, or whose wrong order nobody writes. */
const ANY_ORDER = /^(?:max|min|gcd|lcm|isinstance|issubclass|getattr|hasattr|print|zip|log|set)$/;

/** Arguments that have their place by name or count. */
const UNMOVABLE = /^(?:keyword_argument|list_splat|dictionary_splat|spread_element|generator_expression)$/;

/** `b - a` for `a - b`, `f(b, a)` for `f(a, b)`. */
export const swapOperands: MutationOperator = {
  name: 'swap',
  editsAt: ({ node }, { code, language }) => {
    const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
    const operator = node.childForFieldName('operator')?.type ?? '';
    if (/^binary_(?:operator|expression)$/.test(node.type) && NOT_COMMUTATIVE.has(operator)) {
      return left === null || right === null ? [] : swapped(left, right, code);
    }
    const list = node.childForFieldName('arguments');
    if (list === null || !/^arguments?(?:_list)?$/.test(list.type)) return [];
    const name = (node.childForFieldName('function') ?? node.childForFieldName('name'))?.text
      .split('.')
      .at(-1);
    const [first, second, ...more] = meaningfulChildren(list, language);
    if (first === undefined || second === undefined || more.length > 1 || ANY_ORDER.test(name ?? ''))
      return [];
    return UNMOVABLE.test(first.type) || UNMOVABLE.test(second.type) ? [] : swapped(first, second, code);
  },
};

function swapped(left: Node, right: Node, code: string): Edit[] {
  if (left.text === right.text) return [];
  const between = code.slice(left.endIndex, right.startIndex);
  return [{ start: left.startIndex, end: right.endIndex, text: right.text + between + left.text }];
}
