import { CodejuryError } from '../errors.ts';

interface ManyFlags {
  readonly task?: string;
  readonly tasks?: string;
  readonly candidates?: string;
  readonly out?: string;
}

/** What judging many tasks needs. @throws {CodejuryError} `usage` for what is missing, or for files or one task beside it. */
export function requireFlags(
  files: readonly string[],
  flags: ManyFlags,
): Record<'tasks' | 'candidates' | 'out', string> {
  const { task, tasks, candidates, out } = flags;
  if (files.length > 0) {
    throw new CodejuryError('usage', `--tasks: expected no files, received ${files[0]}`, {
      hint: 'candidates of many tasks are the lines of --candidates; for one task write --task',
    });
  }
  if (task !== undefined) {
    throw new CodejuryError('usage', 'expected --task or --tasks, received both', {
      hint: '--task is the one that given files are meant to solve; --tasks goes with the lines of --candidates',
    });
  }
  if (tasks === undefined || candidates === undefined || out === undefined) {
    const missing = candidates === undefined ? '--candidates FILE.jsonl' : '--out FILE.jsonl';
    throw new CodejuryError('usage', `judging many tasks needs ${missing}`, {
      hint: 'codejury judge --profile DIR --tasks FILE --candidates FILE.jsonl --out verdicts.jsonl',
    });
  }
  return { tasks, candidates, out };
}
