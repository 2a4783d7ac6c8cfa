import type { Command } from 'commander';
import { CodejuryError } from '../errors.ts';

/** Of every command that draws random numbers. */
export const DEFAULT_SEED = '0';

/** For commander: an option that may be given several times. */
export function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/**
 * For commander: an option that names a file and of which the first of two would be forgotten.
 *
 * @throws {CodejuryError} `usage` where it is given again.
 */
export function once(flag: string): (value: string, previous: string | undefined) => string {
  return (value, previous) => {
    if (previous === undefined) return value;
    throw new CodejuryError('usage', `${flag}: expected one, received ${previous} and ${value}`);
  };
}

/** Limits and sandbox of whatever is executed. */
export function addSandboxFlags(command: Command): Command {
  return command
    .option(
      '--limit <name=value>',
      'of a run: wallTime=15s, cpuTime, memory=1GiB, processes=64, output, scratch, file; may be repeated',
      collect,
    )
    .option(
      '--sandbox <kind>',
      'auto, bubblewrap, docker, podman, or none to run generated code unprotected',
      'auto',
    );
}

/** Who judges, and how judges that are models are asked. */
export function addJudgeFlags(command: Command): Command {
  return command
    .option('--profile <dir|profile.json>', 'a trained judge, may be repeated', collect)
    .option('--judge <name>', 'a judge that is a model, may be repeated; "none" for no judge', collect)
    .option(
      '--method <name>',
      'how judge models are asked: zero-shot, few-shot, auto-cot, slow-thinking, ice-score or fault-list',
    )
    .option('--examples <dir>', 'few-shot: dataset whose training candidates are shown as examples');
}
