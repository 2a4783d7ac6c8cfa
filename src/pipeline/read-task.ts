import type { Readable } from 'node:stream';
import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { adhocTask } from '../tasks/adhoc-task.ts';
import { entryPointOf } from '../tasks/entry-point-of.ts';
import { parseTask } from '../tasks/parse-task.ts';
import { resolveTask } from '../tasks/resolve-task.ts';
import { readSourceFile } from './read-candidates.ts';

/** A task as the command line names it: a file or bundled id, or description and signature. */
export interface TaskRequest {
  /** `-` reads it from standard input. */
  readonly description: string | undefined;
  /** A task file, `-` for standard input, or a bundled id. */
  readonly file: string | undefined;
  readonly language: string | undefined;
  readonly signature: string | undefined;
  readonly testsFile: string | undefined;
}

/** Standard input longer than this, in characters, is no task. */
const LONGEST_INPUT = 1 << 20;

/**
 * The one task a command is about. A description may come from standard input, also without `-` when input is piped.
 *
 * @throws {CodejuryError} `usage` when there is none, an empty one, or two; `not-found` for a missing file.
 */
export async function readTask(
  request: TaskRequest,
  stdin: Readable & { readonly isTTY?: boolean },
): Promise<Task> {
  const { description, file, testsFile } = request;
  if (file !== undefined && description !== undefined) {
    throw new CodejuryError('usage', 'expected a description or --task, received both', {
      hint: 'put the description into the task file, or leave --task out',
    });
  }
  const testsSource = testsFile === undefined ? null : await readSourceFile(testsFile, 'tests');
  if (file !== undefined) {
    const task =
      file === '-' ? await parseTask(await readAll(stdin), 'standard input') : await resolveTask(file);
    const language = request.language ?? task.language;
    const signature = request.signature ?? task.signature;
    return {
      ...task,
      language,
      signature,
      entryPoint: request.signature === undefined ? task.entryPoint : entryPointOf(language, signature),
      tests: testsSource === null ? task.tests : { before: '', after: testsSource },
    };
  }
  const isPiped = stdin.isTTY !== true;
  const text =
    description === '-' || (description === undefined && isPiped) ? await readAll(stdin) : description;
  if (text === undefined || text.trim() === '') {
    throw new CodejuryError('usage', 'no task: expected a description, --task, or text on standard input', {
      hint: 'codejury solve "Write a function that …" --language python --signature "def f(x: int) -> int:"',
    });
  }
  return adhocTask({
    description: text,
    signature: request.signature ?? '',
    language: request.language ?? '',
    testsSource,
  });
}

async function readAll(stdin: Readable): Promise<string> {
  let text = '';
  stdin.setEncoding('utf8');
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.length > LONGEST_INPUT) {
      throw new CodejuryError(
        'usage',
        'standard input is too long for a task: expected at most 1 MiB of text',
      );
    }
  }
  if (text.includes('\0')) {
    throw new CodejuryError('usage', 'standard input is not text: it holds a NUL character');
  }
  return text;
}
