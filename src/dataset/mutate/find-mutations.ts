import type { Node } from 'web-tree-sitter';
import type { Language } from '../../lang/language.ts';
import { withTree } from '../../lang/parser.ts';
import { localsOf } from './locals-of.ts';
import type { Mutation, MutationOperator, MutationScope, Site } from './mutation.ts';
import { dropStatement } from './operators/drop-statement.ts';
import { earlyReturn } from './operators/early-return.ts';
import { negateCondition } from './operators/negate-condition.ts';
import { shiftBound, shiftConstant } from './operators/off-by-one.ts';
import { oppositeName, sortDirection } from './operators/opposite-name.ts';
import { otherVariable } from './operators/other-variable.ts';
import { tokenOperators } from './operators/replace-token.ts';
import { swapOperands } from './operators/swap-operands.ts';
import { flipBoolean, wrongStart } from './operators/wrong-value.ts';

/** Every kind of mistake that can be made. */
export const MUTATION_OPERATORS: readonly MutationOperator[] = [
  ...tokenOperators,
  negateCondition,
  shiftConstant,
  shiftBound,
  dropStatement,
  wrongStart,
  flipBoolean,
  swapOperands,
  otherVariable,
  earlyReturn,
  oppositeName,
  sortDirection,
];

/**
 * All single mistakes that the operators can make in the functions of that code, in the order of the code. Node kinds are those of
 * Python, Java and JavaScript; other languages get what they share with these. Empty for a language without a grammar and for
 * code that the parser cannot cope with.
 */
export async function findMutations(language: Language, code: string): Promise<Mutation[]> {
  if (language.grammar === null) return [];
  return (await withTree(language, code, (root) => mutationsBelow(root, language, code))) ?? [];
}

function mutationsBelow(root: Node, language: Language, code: string): Mutation[] {
  const found: Mutation[] = [];
  for (const { node, scope } of functionsBelow(root, language, code)) {
    const open: Site[] = [{ node, parent: null, field: null }];
    for (let site = open.pop(); site !== undefined; site = open.pop()) {
      for (const { name, editsAt } of MUTATION_OPERATORS) {
        for (const edit of editsAt(site, scope)) found.push({ operator: name, ...edit });
      }
      // Texts and declared types are what they are.
      if (language.nodes?.strings.includes(site.node.type) !== true && site.field !== 'type') {
        open.push(...childrenOf(site).reverse());
      }
    }
  }
  return found;
}

function childrenOf(site: Site): Site[] {
  return site.node.children.flatMap((node, index) =>
    node.isNamed ? [{ node, parent: site, field: site.node.fieldNameForChild(index) }] : [],
  );
}

/** The functions that are in no other function. */
function functionsBelow(
  root: Node,
  language: Language,
  code: string,
): { readonly node: Node; readonly scope: MutationScope }[] {
  const kinds = [...(language.nodes?.functions ?? []), ...(language.nodes?.functionValues ?? [])];
  const found: Node[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (kinds.includes(node.type)) found.push(node);
    else open.push(...node.namedChildren.reverse());
  }
  return found.map((node) => ({ node, scope: { code, language, locals: localsOf(node, language) } }));
}
