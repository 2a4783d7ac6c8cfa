import { extname } from 'node:path';
import type { Document, YAMLMap } from 'yaml';
import { CodejuryError } from '../errors.ts';

/**
 * Most nodes that aliases may expand to in one document: enough to share a test table, far too few for the nested
 * aliases that turn a kilobyte into gigabytes.
 */
const ALIAS_LIMIT = 50;

/**
 * The value a YAML (1.2) or JSON document holds. `source` names it in messages; one that ends in `.json` is read as JSON,
 * everything else as YAML, of which JSON is a subset.
 *
 * @throws {CodejuryError} `usage`, with line and column where known, when it does not parse, repeats a key (YAML only),
 * holds several documents, nests too deep, or expands too many aliases.
 */
export async function parseDocument(text: string, source: string): Promise<unknown> {
  return extname(source).toLowerCase() === '.json' ? parseJson(text, source) : parseYaml(text, source);
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CodejuryError('usage', `${source}: expected JSON, ${(error as Error).message}`, {
      hint: 'JSON allows no comments and no trailing commas; a task may also be written as YAML',
      cause: error,
    });
  }
}

async function parseYaml(text: string, source: string): Promise<unknown> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const invalid = (reason: string, offset: number, hint: string, cause?: unknown) => {
    const { line, col } = lines.linePos(offset);
    return new CodejuryError('usage', `${source}:${line}:${col}: invalid YAML, ${reason}`, { hint, cause });
  };
  try {
    // The library's own check for repeated keys and its excerpts in messages take quadratic time: minutes for a
    // file of the allowed size.
    const document = yaml.parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      stringKeys: true,
      logLevel: 'error',
    });
    const [error] = document.errors;
    if (error !== undefined) {
      const hint =
        error.code === 'MULTIPLE_DOCS'
          ? 'a task file holds one task; split it at the --- lines'
          : 'long texts and code go under `key: |`, indented by two spaces; quote a text that contains ": "';
      throw invalid(error.message, error.pos[0], hint, error);
    }
    const repeated = firstRepeatedKey(yaml, document);
    if (repeated !== null) {
      throw invalid(`the key ${repeated.key} is there twice`, repeated.offset, 'remove one of the two');
    }
    return document.toJS({ maxAliasCount: ALIAS_LIMIT });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new CodejuryError('usage', `${source}: YAML nested too deep`, { cause: error });
    }
    // An alias without its anchor, or more expansions than the limit.
    if (error instanceof ReferenceError) {
      throw new CodejuryError('usage', `${source}: invalid YAML, ${error.message}`, {
        hint: 'write the repeated part out instead of using aliases',
        cause: error,
      });
    }
    throw error;
  }
}

function firstRepeatedKey(
  yaml: typeof import('yaml'),
  document: Document,
): { readonly key: string; readonly offset: number } | null {
  let repeated: { key: string; offset: number } | null = null;
  yaml.visit(document, {
    Map(_, map: YAMLMap) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = String(yaml.isScalar(key) ? key.value : key);
        if (seen.has(name)) {
          repeated = { key: name, offset: (yaml.isNode(key) ? key.range?.[0] : null) ?? 0 };
          return yaml.visit.BREAK;
        }
        seen.add(name);
      }
      return undefined;
    },
  });
  return repeated;
}
