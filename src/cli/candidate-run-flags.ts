import type { Command } from 'commander';
import { refuseOverwriting } from '../io/refuse-overwriting.ts';
import type { CandidateRunOptions } from '../pipeline/execute/execute-candidates.ts';
import type { CliContext } from './cli-context.ts';
import type { ExecutionFlags } from './execution-settings.ts';
import { addSandboxFlags, collect } from './flags.ts';
import type { ProgressLine } from './render/progress-line.ts';

/** Flags of every command that executes many candidates. */
export interface CandidateRunFlags extends ExecutionFlags {
  readonly tasks: string[];
  readonly samples?: string[];
  readonly generator?: string[];
  readonly count?: string;
  readonly seed: string;
  readonly out: string;
  /** Of `execute` alone. */
  readonly startLog?: string;
  readonly exclude?: string;
  readonly project?: string;
  readonly cache: boolean;
  readonly offline?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Adds them all but for `--out`, `--seed` and `--json`, which mean something of its own to each command. */
export function addCandidateRunFlags(command: Command): Command {
  return addSandboxFlags(
    command
      .requiredOption(
        '--tasks <file>',
        'tasks: a benchmark file, a folder, or bundled[:language]; may be repeated',
        collect,
      )
      .option(
        '--samples <file>',
        'candidates, completions or answers, what `execute` writes, too: JSON lines, gzip or not, or a folder of such files; may be repeated',
        collect,
      )
      .option(
        '--generator <name|team.yaml>',
        'instead: a model that writes candidates, as its team file says; may be repeated',
        collect,
      )
      .option('--count <n>', 'samples of each generator for each task (default: as the team says, 10)')
      .option('--exclude <file>', 'tasks to leave out, as `tasks inspect --exclusions` writes them')
      .option('--project <dir>', 'CoderEval: the folder with the project checkouts')
      .option('--language-file <file>', 'a private language with its runner, may be repeated', collect)
      .option('--workers <n>', 'candidates under way at once (default: one a core)'),
  )
    .option('--no-cache', 'do not reuse or record results')
    .option('--offline', 'never download a model')
    .option('--quiet', 'no progress');
}

/** @throws {CodejuryError} `usage` or `not-found` for what a user can get wrong, naming the flag or the file. */
export async function candidateRunOptions(
  flags: CandidateRunFlags,
  context: CliContext,
  progress: ProgressLine,
): Promise<Omit<CandidateRunOptions, 'onProgress'>> {
  const [{ executionSettings, naturalNumber, positiveInteger }, { readSource }, { downloadStatus }] =
    await Promise.all([
      import('./execution-settings.ts'),
      import('../pipeline/execute/candidate-source.ts'),
      import('./render/download-status.ts'),
    ]);
  const { out, startLog, tasks, samples, exclude, generator, languageFile } = flags;
  await refuseOverwriting(
    { '--out': out, '--start-log': startLog },
    {
      '--tasks': tasks,
      '--samples': samples,
      '--exclude': exclude,
      '--generator': generator,
      '--language-file': languageFile,
    },
  );
  // What is so for many tasks is told once.
  const told = new Set<string>();
  const onNotice = (text: string) => {
    if (!told.has(text)) progress.note(text);
    told.add(text);
  };
  return {
    ...(await executionSettings(flags)),
    tasks: flags.tasks,
    source: await readSource({
      samples: flags.samples,
      generators: flags.generator,
      count: flags.count === undefined ? null : positiveInteger('--count', flags.count),
      seed: naturalNumber('--seed', flags.seed),
      offline: flags.offline === true,
      onDownload: (name, event) => progress.status(downloadStatus(name, event)),
      onNotice,
    }),
    out: flags.out,
    exclude: flags.exclude ?? null,
    projectFolder: flags.project ?? null,
    useCache: flags.cache,
    env: process.env,
    signal: context.signal,
    onNotice,
  };
}
