import type { Node } from 'web-tree-sitter';
import type { SyntaxNodes } from '../lang/language.ts';
import { walk } from './syntax-names.ts';

/**
 * The lines attached above the node and its text up to `end`, moved to the left margin: every line loses the indentation
 * of the node's line, except lines that begin inside a string literal. What precedes the node on its own line (`export`)
 * is left out.
 */
export function unitText(
  source: string,
  nodes: SyntaxNodes,
  leading: readonly Node[],
  node: Node,
  end: number,
): string {
  const lineStart = source.lastIndexOf('\n', node.startIndex - 1) + 1;
  const width = /^[ \t]*/.exec(source.slice(lineStart, node.startIndex))?.[0].length ?? 0;
  const first = leading[0];
  const above = first === undefined ? [] : source.slice(first.startIndex, lineStart).trimEnd().split('\n');
  const inString = new Set<number>();
  walk(node, (current) => {
    if (nodes.strings.includes(current.type)) {
      for (let row = current.startPosition.row + 1; row <= current.endPosition.row; row++) {
        inString.add(row);
      }
      return false;
    }
    return current.endPosition.row > current.startPosition.row;
  });
  const firstRow = node.startPosition.row;
  const own = source
    .slice(node.startIndex, end)
    .trimEnd()
    .split('\n')
    .map((line, row) => (inString.has(firstRow + row) ? line : unindent(line, row === 0 ? 0 : width)));
  return [...above.map((line) => unindent(line, width)), ...own].join('\n');
}

/** Takes up to `width` blanks off the start of a line. */
export function unindent(line: string, width: number): string {
  let index = 0;
  while (index < width && (line[index] === ' ' || line[index] === '\t')) {
    index++;
  }
  return line.slice(index);
}
