import type { Node } from 'web-tree-sitter';
import type { Language, SyntaxNodes } from '../lang/language.ts';
import { withTree } from '../lang/parser.ts';
import { splitSource } from '../lang/split-source.ts';
import { hashParts } from '../util/hash.ts';

/**
 * A hash that is equal for pieces of code that differ in comments, blank space and Python docstrings only. It covers
 * the tokens and how they nest, so Python's indentation and a line break that ends a statement count; the contents of
 * string literals count exactly. Without a grammar: the lines without comments, inner blanks collapsed.
 */
export async function tokenKey(language: Language, code: string): Promise<string> {
  const { nodes } = language;
  const parsed = nodes === null ? null : await withTree(language, code, (root) => tokensOf(nodes, root));
  const tokens = parsed ?? linesWithoutComments(language, code);
  return hashParts('tokens', language.id, ...tokens);
}

function tokensOf(nodes: SyntaxNodes, root: Node): string[] {
  const tokens: string[] = [];
  const open: (Node | ')')[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === ')') {
      tokens.push(')');
    } else if (node.childCount === 0 || nodes.strings.includes(node.type)) {
      tokens.push(node.text);
    } else {
      tokens.push('(');
      open.push(')', ...node.children.filter((child) => counts(nodes, child)).reverse());
    }
  }
  return tokens;
}

function counts(nodes: SyntaxNodes, node: Node): boolean {
  return !nodes.comments.includes(node.type) && !isDocstring(nodes, node);
}

/** Only Python's grammar has bare strings as the first statement of a `block`. */
function isDocstring(nodes: SyntaxNodes, node: Node): boolean {
  const only = node.type === 'expression_statement' && node.namedChildCount === 1 ? node.namedChild(0) : null;
  if (only?.type !== 'string') {
    return false;
  }
  // Asked last: finding a parent takes time in proportion to its children.
  const block = node.parent;
  return (
    block?.type === 'block' &&
    /^(?:function|class)_definition$/.test(block.parent?.type ?? '') &&
    block.namedChildren.find((child) => !nodes.comments.includes(child.type))?.equals(node) === true
  );
}

function linesWithoutComments(language: Language, code: string): string[] {
  let text = '';
  for (const { kind, start, end } of splitSource(language, code)) {
    const piece = code.slice(start, end);
    // A string's own blanks must survive the collapsing below.
    text +=
      kind === 'comment' ? ' ' : kind === 'string' ? JSON.stringify(piece).replaceAll(' ', '\\u0020') : piece;
  }
  return text
    .split('\n')
    .map((line) => {
      const indent = language.blockStyle === 'indentation' ? (/^[ \t]*/.exec(line)?.[0] ?? '') : '';
      return indent + line.trim().replace(/[ \t]+/g, ' ');
    })
    .filter((line) => line.trim() !== '');
}
