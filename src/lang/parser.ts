import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Node, Parser, Tree } from 'web-tree-sitter';
import { CodejuryError } from '../errors.ts';
import type { Language } from './language.ts';

type TreeSitter = typeof import('web-tree-sitter');

const require = createRequire(import.meta.url);
const parsers = new Map<string, Promise<Parser>>();

/** How often the runtime was replaced; part of its module's URL, so that a new instance is loaded. */
let generation = 0;

/** Objects of unusable runtimes. Collecting one as garbage would call into its runtime and end the process. */
const abandoned: unknown[] = [];

/**
 * Steps of parsing (as the runtime counts them, some hundred operations each) that a text may take. Code takes 3 to 7
 * per 1000 characters; text that takes over 20 is noise that could keep the parser busy for a minute.
 */
function stepLimit(code: string): number {
  return 500 + (code.length / 1000) * 20;
}

/**
 * Parses the code and hands its root node to `read`. The tree lives in WebAssembly memory and is freed as soon as `read`
 * returns, so `read` must copy what it wants to keep. The grammar is loaded on first use, once a process.
 *
 * Null when the parser cannot cope: it takes far more steps than code does, or the text brings it down (thousands of
 * undecided `<` overflow its stack). The runtime is unusable then and is replaced for the next call.
 *
 * @throws {CodejuryError} `capability` when the language has no grammar, `engine` when it cannot be loaded.
 */
export async function withTree<T>(
  language: Language,
  code: string,
  read: (root: Node) => T,
): Promise<T | null> {
  const parser = await currentParser(language);
  let tree: Tree | null = null;
  try {
    let steps = 0;
    const limit = stepLimit(code);
    tree = parser.parse(code, null, { progressCallback: () => ++steps > limit });
    if (tree === null) {
      parser.reset();
      return null;
    }
    const result = read(tree.rootNode);
    tree.delete();
    return result;
  } catch (error) {
    if (!isRuntimeFault(error)) {
      tree?.delete();
      throw error;
    }
    abandoned.push(tree, ...parsers.values());
    parsers.clear();
    generation++;
    return null;
  }
}

/** Another call may have replaced the runtime while this one waited for its parser. */
async function currentParser(language: Language): Promise<Parser> {
  for (;;) {
    const before = generation;
    const parser = await loadParser(language);
    if (before === generation) {
      return parser;
    }
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
    const treeSitter = await loadRuntime();
    // What the runtime prints when it aborts is told by the error.
    await treeSitter.Parser.init({ printErr: () => undefined });
    const file = require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}.wasm`);
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

function loadRuntime(): Promise<TreeSitter> {
  if (generation === 0) {
    return import('web-tree-sitter');
  }
  // The runtime keeps its memory in module scope: only another URL gives another one.
  const url = pathToFileURL(require.resolve('web-tree-sitter').replace(/\.cjs$/, '.js'));
  url.searchParams.set('generation', String(generation));
  return import(url.href);
}

/** What a WebAssembly trap or an abort of the runtime looks like; bugs in `read` are other errors. */
function isRuntimeFault(error: unknown): boolean {
  return (
    error instanceof WebAssembly.RuntimeError || (error instanceof RangeError && /stack/.test(error.message))
  );
}
