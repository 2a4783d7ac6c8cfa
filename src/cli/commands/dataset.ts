import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import type { ExecutionFlags } from '../execution-settings.ts';
import { collect } from '../flags.ts';

interface BuildFlags extends ExecutionFlags {
  readonly tasks: string;
  readonly samples: string;
  readonly out: string;
  readonly seed: string;
  readonly dedupe: string;
  readonly asciiOnly?: boolean;
  readonly capPerClass?: string;
  readonly exclude?: string;
  readonly project?: string;
  readonly cache: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `codejury dataset build`: labelled candidates and training files out of tasks and samples. */
export function addDataset(program: Command, context: CliContext): void {
  program
    .command('dataset')
    .description('make what a judge is trained on')
    .command('build')
    .description('label samples by running the tests, divide the tasks, write training files and a data card')
    .requiredOption('--tasks <file>', 'tasks: a benchmark file, a folder, or bundled[:language]')
    .requiredOption('--samples <file>', 'samples: JSON lines, gzip or not; what `execute` writes, too')
    .requiredOption('--out <folder>', 'the dataset; it appears when it is complete')
    .option('--seed <n>', 'decides the split and which candidates a cap keeps', '0')
    .option('--dedupe <rule>', 'tokens: equal but for comments and blanks is one candidate; exact', 'tokens')
    .option('--ascii-only', 'leave out code with other characters, as the paper does')
    .option('--cap-per-class <n>', 'at most so many correct and so many wrong candidates of a training task')
    .option('--exclude <file>', 'tasks to leave out, as `tasks inspect --exclusions` writes them')
    .option('--project <dir>', 'CoderEval: the folder with the project checkouts')
    .option('--workers <n>', 'candidates under way at once (default: one a core)')
    .option('--language-file <file>', 'a private language with its runner, may be repeated', collect)
    .option(
      '--limit <name=value>',
      'wallTime=15s, cpuTime, memory=1GiB, processes=64, output, scratch, file; may be repeated',
      collect,
    )
    .option('--sandbox <kind>', 'auto, bubblewrap, or none to run generated code unprotected', 'auto')
    .option('--no-cache', 'do not reuse or record results')
    .option('--json', 'print the data card as one JSON document')
    .option('--quiet', 'no progress')
    .action(async (flags: BuildFlags) => {
      const [{ runDatasetBuild }, settings, { openProgress }, { executeStatus }, { renderDataCard }] =
        await Promise.all([
          import('../../pipeline/dataset/run-dataset-build.ts'),
          import('../execution-settings.ts'),
          import('../render/progress-line.ts'),
          import('../render/execute-status.ts'),
          import('../../pipeline/dataset/show-data-card.ts'),
        ]);
      const { executionSettings, naturalNumber, positiveInteger, oneOf } = settings;
      const execution = await executionSettings(flags);
      const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
      const status = executeStatus(progress);
      try {
        const card = await runDatasetBuild({
          ...execution,
          tasks: flags.tasks,
          samples: flags.samples,
          out: flags.out,
          seed: naturalNumber('--seed', flags.seed),
          dedupe: oneOf('--dedupe', flags.dedupe, ['tokens', 'exact']),
          asciiOnly: flags.asciiOnly === true,
          capPerClass:
            flags.capPerClass === undefined ? null : positiveInteger('--cap-per-class', flags.capPerClass),
          exclude: flags.exclude ?? null,
          projectFolder: flags.project ?? null,
          useCache: flags.cache,
          env: process.env,
          signal: context.signal,
          onProgress: status.update,
          onNotice: (text) => progress.note(text),
        });
        progress.done();
        process.stdout.write(flags.json ? `${JSON.stringify(card, null, 2)}\n` : renderDataCard(card));
      } catch (error) {
        progress.done();
        if (context.signal.aborted) status.interrupted();
        throw error;
      } finally {
        progress.done();
      }
    });
}
