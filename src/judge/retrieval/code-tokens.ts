import type { Node } from 'web-tree-sitter';
import type { Language, SyntaxNodes } from '../../lang/language.ts';
import { withTree } from '../../lang/parser.ts';
import { splitSource } from '../../lang/split-source.ts';

/** Words, numbers, and every other visible character by itself. */
const LEXEME = /[\p{L}_$][\p{L}\p{N}_$]*|\p{N}[\p{L}\p{N}_.]*|\S/gu;

/**
 * The tokens that a lexer of the language gives, in order: no comments, no white space, a string literal (Python's docstrings
 * included) as one token. Without a grammar, or where the parser cannot cope: strings by the language's delimiters, words,
 * numbers and single characters. Empty for code without a token.
 *
 * @throws {CodejuryError} `engine` when the grammar cannot be loaded.
 */
export async function codeTokens(language: Language, code: string): Promise<string[]> {
  const { nodes } = language;
  const parsed = nodes === null ? null : await withTree(language, code, (root) => leaves(root, nodes, code));
  return parsed ?? lexemes(language, code);
}

function leaves(root: Node, nodes: SyntaxNodes, code: string): string[] {
  const tokens: string[] = [];
  const strings = new Set(nodes.strings);
  const comments = new Set(nodes.comments);
  // A cursor makes no object a node: several times as quick as walking children.
  const cursor = root.walk();
  for (let more = true; more; ) {
    const type = cursor.nodeType;
    const whole = strings.has(type);
    if (!whole && !comments.has(type) && cursor.gotoFirstChild()) {
      continue;
    }
    // Nodes that the parser only supposes are empty.
    const text = comments.has(type) ? '' : code.slice(cursor.startIndex, cursor.endIndex).trim();
    if (text !== '') {
      tokens.push(text);
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) {
        more = false;
        break;
      }
    }
  }
  cursor.delete();
  return tokens;
}

function lexemes(language: Language, code: string): string[] {
  return splitSource(language, code).flatMap(({ kind, start, end }) => {
    const text = code.slice(start, end);
    return kind === 'comment' ? [] : kind === 'string' ? [text] : (text.match(LEXEME) ?? []);
  });
}
