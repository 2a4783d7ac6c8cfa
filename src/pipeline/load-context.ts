import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { CodejuryError } from '../errors.ts';
import type { GeneratorContext, SolvedExample } from '../prompts/generator.ts';
import { loadTaskFile } from '../tasks/load-task-file.ts';

const TASK_EXTENSIONS = new Set(['.yaml', '.yml', '.json']);
/** Larger than any context: a bigger file was named by mistake. In bytes. */
const LARGEST_DOCUMENT_BYTES = 4 << 20;

/**
 * Reads the files of `generator.context`: task files (YAML, JSON) with a canonical solution become solved examples, all
 * others documentation.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming the file.
 */
export async function loadContext(paths: readonly string[]): Promise<GeneratorContext> {
  const documents: { name: string; text: string }[] = [];
  const examples: SolvedExample[] = [];
  for (const path of paths) {
    if (TASK_EXTENSIONS.has(extname(path))) {
      const task = await loadTaskFile(path);
      if (task.canonical === null) {
        throw new CodejuryError('usage', `${path}: a solved example needs the field "canonical"`, {
          hint: 'add the solution, or remove the file from generator.context',
        });
      }
      examples.push({ task, solution: task.canonical });
    } else {
      documents.push({ name: basename(path), text: await readDocument(path) });
    }
  }
  return { documents, examples };
}

async function readDocument(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new CodejuryError('not-found', `cannot read the context file ${path}`, {
      hint: 'paths in a team file start from the folder of that file',
      cause,
    });
  }
  if (bytes.length > LARGEST_DOCUMENT_BYTES || bytes.includes(0)) {
    throw new CodejuryError('usage', `${path} is not documentation: expected text of at most 4 MiB`);
  }
  return bytes.toString('utf8');
}
