import type { Node } from 'web-tree-sitter';
import type { Language } from '../../lang/language.ts';
import { withTree } from '../../lang/parser.ts';

/** A generated test. */
export interface GeneratedAssert {
  /** The statement, e.g. `assert f(1) == 2`. */
  readonly statement: string;
  /** The call of the function in it, e.g. `f(1)`: an input by itself, whatever the test expects. */
  readonly call: string;
}

/**
 * The first `most` assertions of a Python text that parse and call the function; what stands between them is left out.
 *
 * @throws {CodejuryError} `engine` when the grammar cannot be loaded.
 */
export async function extractAsserts(
  language: Language,
  text: string,
  entryPoint: string,
  most: number,
): Promise<GeneratedAssert[]> {
  const found: GeneratedAssert[] = [];
  for (const piece of text.split(/^(?=assert\b)/m)) {
    if (found.length === most) break;
    const parsed = piece.startsWith('assert')
      ? await withTree(language, piece, (root) => assertOf(root, entryPoint))
      : null;
    if (parsed !== null) found.push(parsed);
  }
  return found;
}

/** What follows the statement may be anything: a test is whole when it is without error itself. */
function assertOf(root: Node, entryPoint: string): GeneratedAssert | null {
  const statement = root.namedChild(0);
  if (statement?.type !== 'assert_statement' || statement.hasError) return null;
  const call = statement
    .descendantsOfType('call')
    .find((node) => node?.childForFieldName('function')?.text === entryPoint);
  return call == null ? null : { statement: statement.text, call: call.text };
}

/** Calls of the function in the examples of a docstring (`>>> f(1)`). */
export function exampleCalls(prompt: string | null, entryPoint: string): string[] {
  const lines = [...(prompt ?? '').matchAll(/^\s*>>>\s*(.+?)\s*$/gm)].map((match) => match[1] ?? '');
  return lines.filter((line) => line.startsWith(`${entryPoint}(`));
}
