import type { Node } from 'web-tree-sitter';
import type { SyntaxNodes } from '../lang/language.ts';
import { walk } from './syntax-names.ts';

/**
 * The source from the first node attached above (from the node itself when there is none) to `end`, moved to the left
 * margin: every line loses the first line's indentation, except lines that begin inside a string literal.
 */
export function unitText(
  source: string,
  nodes: SyntaxNodes,
  leading: readonly Node[],
  node: Node,
  end: number,
): string {
  const first = leading[0] ?? node;
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
  const width = first.startPosition.column;
  const firstRow = first.startPosition.row;
  return source
    .slice(first.startIndex, end)
    .trimEnd()
    .split('\n')
    .map((line, row) => (row === 0 || inString.has(firstRow + row) ? line : unindent(line, width)))
    .join('\n');
}

/** Takes up to `width` blanks off the start of a line. */
export function unindent(line: string, width: number): string {
  let index = 0;
  while (index < width && (line[index] === ' ' || line[index] === '\t')) {
    index++;
  }
  return line.slice(index);
}
