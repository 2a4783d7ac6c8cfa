import { type MutationOperator, meaningfulChildren } from '../mutation.ts';

const LOOPS = /^(?:for_statement|while_statement|enhanced_for_statement|for_in_statement)$/;

/** The function returns after the first round of the loop: what follows it stands at the end of its body, too. */
export const earlyReturn: MutationOperator = {
  name: 'early return',
  editsAt: ({ node, parent }, { code, language }) => {
    const body = LOOPS.test(node.type) ? node.childForFieldName('body') : null;
    if (body === null || parent === null || !/^(?:block|statement_block)$/.test(body.type)) return [];
    const siblings = meaningfulChildren(parent.node, language);
    const next = siblings[siblings.findIndex((sibling) => sibling.equals(node)) + 1];
    const last = meaningfulChildren(body, language).at(-1);
    if (next?.type !== 'return_statement' || last === undefined) return [];
    if (/^(?:return|break|continue|raise|throw)_statement$/.test(last.type)) return [];
    const first = meaningfulChildren(body, language)[0] ?? last;
    const indent = /(?:^|\n)([ \t]*)$/.exec(code.slice(0, first.startIndex))?.[1];
    // A body on the loop's own line takes no second line.
    if (indent === undefined) return [];
    return [{ start: last.endIndex, end: last.endIndex, text: `\n${indent}${next.text}` }];
  },
};
