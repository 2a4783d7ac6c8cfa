import type { CommandRunnerConfig } from '../../contracts/command-runner.ts';
import { CodejuryError } from '../../errors.ts';
import type { Program } from '../language-runner.ts';
import { fillPlaceholders } from './fill-placeholders.ts';

/** The program file of one candidate. */
export interface ProgramFile {
  readonly name: string;
  readonly text: string;
  /** The candidate's own line (from 1) for a line of the file; null for lines that are not the candidate's. */
  candidateLine(line: number): number | null;
}

/**
 * The file that a runner's commands get.
 *
 * @param finish the statement at the end of the tests; null leaves that out, for a file that is only compiled
 * @throws {CodejuryError} `usage` for a task whose entry point is needed and unknown, or is no name.
 */
export function buildProgram(
  config: Pick<CommandRunnerConfig, 'fileName' | 'template' | 'prelude'>,
  extension: string,
  { code, tests, task }: Program,
  finish: string | null,
): ProgramFile {
  const entryPoint = entryPointFor(config, task);
  const values = {
    before: tests.before.trim() === '' ? config.prelude : tests.before,
    candidate: code,
    after: tests.after,
    entryPoint,
  };
  const [head = ''] = config.template.split('{{candidate}}', 1);
  const firstLine = fillPlaceholders(head, values).split('\n').length;
  const lineCount = code.split('\n').length;
  const program = fillPlaceholders(config.template, values);
  return {
    name: fillPlaceholders(config.fileName ?? `program${extension}`, { entryPoint }),
    text: finish === null ? program : `${program}\n${finish}\n`,
    candidateLine: (line) => {
      const own = line - firstLine + 1;
      return own >= 1 && own <= lineCount ? own : null;
    },
  };
}

function entryPointFor(
  { fileName, template }: Pick<CommandRunnerConfig, 'fileName' | 'template'>,
  { id, entryPoint }: Program['task'],
): string {
  if (entryPoint !== null && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(entryPoint)) return entryPoint;
  if (![fileName, template].some((text) => text?.includes('{{entryPoint}}'))) return '';
  throw new CodejuryError(
    'usage',
    `task ${id}: expected the name of a function as entryPoint, received ${entryPoint ?? 'nothing'}`,
    { hint: "the language's runner uses {{entryPoint}}" },
  );
}
