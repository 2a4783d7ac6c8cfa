import { CodejuryError } from '../errors.ts';

interface ManyFlags {
  readonly tasks?: string;
  readonly candidates?: string;
  readonly out?: string;
}

/** What judging many tasks needs. @throws {CodejuryError} `usage` for what is missing, or for files beside it. */
export function requireFlags(files: readonly string[], flags: ManyFlags): Required<ManyFlags> {
  const { tasks, candidates, out } = flags;
  if (files.length > 0) {
    throw new CodejuryError('usage', `--tasks: expected no files, received ${files[0]}`, {
      hint: 'candidates of many tasks are the lines of --candidates; for one task write --task',
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
