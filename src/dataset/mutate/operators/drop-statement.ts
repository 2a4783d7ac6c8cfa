import type { Node } from 'web-tree-sitter';
import { type Edit, type MutationOperator, type MutationScope, meaningfulChildren } from '../mutation.ts';

const BLOCK = /^(?:block|statement_block)$/;
const UPDATE =
  /^(?:augmented_assignment|augmented_assignment_expression|update_expression|call|call_expression|method_invocation)$/;

/** A guard, an update, a call, a way out of a loop, or a branch that is missing. */
export const dropStatement: MutationOperator = {
  name: 'drop',
  editsAt: ({ node, parent }, scope) => {
    if (/^(?:else_clause|elif_clause|if_clause)$/.test(node.type)) return removed(node, scope);
    if (parent === null || !BLOCK.test(parent.node.type)) return [];
    // A block of nothing is no program, and a function of nothing no candidate.
    if (meaningfulChildren(parent.node, scope.language).length < 2) return [];
    return isDroppable(node, scope) ? removed(node, scope) : [];
  },
};

function isDroppable(node: Node, { locals }: MutationScope): boolean {
  if (/^(?:break|continue)_statement$/.test(node.type)) return true;
  if (node.type === 'if_statement') return node.childForFieldName('alternative') === null;
  const expression = node.type === 'expression_statement' ? node.namedChild(0) : null;
  if (expression === null) return false;
  if (UPDATE.test(expression.type)) return true;
  // The first assignment makes the variable: without it the fault is seen at first sight.
  const target = /^assignment(?:_expression)?$/.test(expression.type)
    ? expression.childForFieldName('left')
    : null;
  if (target === null) return false;
  const from = target.type === 'identifier' ? locals.get(target.text)?.from : -1;
  return from !== undefined && from < expression.startIndex;
}

/** Where lines are statements the whole lines go, with their line break. */
function removed(node: Node, { code, language }: MutationScope): Edit[] {
  const before = /[ \t]*$/.exec(code.slice(0, node.startIndex))?.[0] ?? '';
  const lineStart = node.startIndex - before.length;
  const startsLine = lineStart === 0 || code[lineStart - 1] === '\n';
  if (!startsLine) {
    const isInline = language.blockStyle !== 'indentation' || node.type === 'if_clause';
    return isInline ? [{ start: lineStart, end: node.endIndex, text: '' }] : [];
  }
  const rest = /^[ \t]*(?:#[^\n]*|\/\/[^\n]*)?\n?/.exec(code.slice(node.endIndex))?.[0] ?? '';
  return [{ start: lineStart, end: node.endIndex + rest.length, text: '' }];
}
