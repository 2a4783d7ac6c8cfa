import { createRequire } from 'node:module';
import type { Node, Parser } from 'web-tree-sitter';
import { CodejuryError } from '../errors.ts';
import type { Language } from './language.ts';

const parsers = new Map<string, Promise<Parser>>();

/**
 * Parses the code and hands its root node to `read`. The tree lives in WebAssembly memory and is freed as soon as `read`
 * returns, so `read` must copy what it wants to keep. The grammar is loaded on first use, once a process.
 *
 * @throws {CodejuryError} `capability` when the language has no grammar, `engine` when it cannot be loaded.
 */
export async function withTree<T>(language: Language, code: string, read: (root: Node) => T): Promise<T> {
  const parser = await loadParser(language);
  const tree = parser.parse(code);
  if (tree === null) {
    throw new CodejuryError('engine', `the ${language.displayName} parser returned no tree`);
  }
  try {
    return read(tree.rootNode);
  } finally {
    tree.delete();
  }
}

/**
 * Loads the runtime and the language's grammar, and checks that they fit together by parsing a line.
 *
 * @throws {CodejuryError} `capability` or `engine`, as withTree does.
 */
export function loadParser(language: Language): Promise<Parser> {
  if (language.grammar === null) {
    throw new CodejuryError('capability', `there is no grammar for ${language.displayName}`, {
      hint: 'a language described in the configuration is read by its patterns, not parsed',
    });
  }
  let parser = parsers.get(language.grammar);
  if (parser === undefined) {
    parser = createParser(language.grammar);
    parsers.set(language.grammar, parser);
  }
  return parser;
}

async function createParser(grammar: string): Promise<Parser> {
  try {
    const treeSitter = await import('web-tree-sitter');
    await treeSitter.Parser.init();
    const file = createRequire(import.meta.url).resolve(
      `@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}.wasm`,
    );
    const parser = new treeSitter.Parser();
    parser.setLanguage(await treeSitter.Language.load(file));
    const tree = parser.parse('x');
    if (tree === null || tree.rootNode.childCount === 0) {
      throw new Error('the grammar loaded but parses nothing');
    }
    tree.delete();
    return parser;
  } catch (cause) {
    throw new CodejuryError(
      'engine',
      `cannot load the tree-sitter grammar "${grammar}": ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: 'web-tree-sitter and @vscode/tree-sitter-wasm must be the pinned versions; reinstall with `npm install`',
        cause,
      },
    );
  }
}
