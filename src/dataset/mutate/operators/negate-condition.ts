import type { Node } from 'web-tree-sitter';
import { type MutationOperator, replaced } from '../mutation.ts';

const CONDITIONALS = new Set(['if_statement', 'elif_clause', 'ternary_expression']);

/** The opposite of each comparison. */
const OPPOSITE: Readonly<Record<string, string>> = {
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '==': '!=',
  '!=': '==',
  '===': '!==',
  '!==': '===',
  in: 'not in',
  'not in': 'in',
  is: 'is not',
  'is not': 'is',
};

/** A branch is taken when it should not be. */
export const negateCondition: MutationOperator = {
  name: 'negation',
  editsAt: ({ node, parent, field }, { language }) => {
    // Python's `a if b else c` and `[… if b]` have no name for their condition.
    const isCondition =
      (field === 'condition' && parent !== null && CONDITIONALS.has(parent.node.type)) ||
      (parent?.node.type === 'conditional_expression' && parent.node.namedChild(1)?.equals(node) === true) ||
      (parent?.node.type === 'if_clause' && parent.node.namedChild(0)?.equals(node) === true);
    if (!isCondition) return [];
    const inner = node.type === 'parenthesized_expression' ? node.namedChild(0) : node;
    if (inner === null) return [];
    return [replaced(inner, negated(inner, language.blockStyle === 'indentation' ? 'not ' : '!'))];
  },
};

function negated(condition: Node, not: string): string {
  const { type, text } = condition;
  const isNegation = type === 'not_operator' || (type === 'unary_expression' && text.startsWith('!'));
  if (isNegation) return condition.namedChild(0)?.text ?? text;
  const tokens = condition.children.filter((child) => !child.isNamed && Object.hasOwn(OPPOSITE, child.type));
  const [only] = tokens;
  if (tokens.length === 1 && only !== undefined && condition.namedChildCount === 2) {
    const start = only.startIndex - condition.startIndex;
    const end = only.endIndex - condition.startIndex;
    return text.slice(0, start) + OPPOSITE[only.type] + text.slice(end);
  }
  return condition.childCount === 0 || /^(?:call|call_expression|method_invocation)$/.test(type)
    ? `${not}${text}`
    : `${not}(${text})`;
}
