import type { Command } from 'commander';
import { addCandidateRunFlags, type CandidateRunFlags, candidateRunOptions } from '../candidate-run-flags.ts';
import type { CliContext } from '../cli-context.ts';
import { DEFAULT_SEED } from '../flags.ts';
import { printResult } from '../print-result.ts';

interface BuildFlags extends CandidateRunFlags {
  readonly split: string;
  readonly dedupe: string;
  readonly asciiOnly?: boolean;
  readonly capPerClass?: string;
  readonly mutants?: string;
  readonly keepSplits?: string;
}

/** `codejury dataset build`: labelled candidates and training files out of tasks and candidates. */
export function addDataset(program: Command, context: CliContext): void {
  const build = program
    .command('dataset')
    .description('make what a judge is trained on')
    .command('build')
    .description(
      'label candidates by running the tests, divide the tasks, write training files and a data card',
    );
  addCandidateRunFlags(build)
    .requiredOption('--out <folder>', 'the dataset; it appears when it is complete')
    .option(
      '--seed <n>',
      'decides the split, which candidates a cap keeps, and what a generator writes',
      DEFAULT_SEED,
    )
    .option('--split <ratio>', 'parts for training, validation and test', '7:1:2')
    .option('--dedupe <rule>', 'tokens: equal but for comments and blanks is one candidate; exact', 'tokens')
    .option('--ascii-only', 'leave out code with other characters, as the paper does')
    .option('--cap-per-class <n>', 'at most so many correct and so many wrong candidates of a training task')
    .option(
      '--mutants <n>',
      'also up to n wrong variants of right solutions of each training task, of small mistakes made on purpose',
    )
    .option('--keep-splits <dataset>', 'problems of that dataset stay in its parts, the others are divided')
    .option('--json', 'print the data card as one JSON document')
    .action(async (flags: BuildFlags) => {
      const [{ runDatasetBuild }, settings, { openProgress }, { executeStatus }, { renderDataCard }] =
        await Promise.all([
          import('../../pipeline/dataset/run-dataset-build.ts'),
          import('../execution-settings.ts'),
          import('../render/progress-line.ts'),
          import('../render/execute-status.ts'),
          import('../../pipeline/dataset/show-data-card.ts'),
        ]);
      const { naturalNumber, positiveInteger, oneOf, splitRatio } = settings;
      const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
      const status = executeStatus(progress);
      try {
        const card = await runDatasetBuild({
          ...(await candidateRunOptions(flags, context, progress)),
          seed: naturalNumber('--seed', flags.seed),
          ratio: splitRatio('--split', flags.split),
          dedupe: oneOf('--dedupe', flags.dedupe, ['tokens', 'exact']),
          asciiOnly: flags.asciiOnly === true,
          capPerClass:
            flags.capPerClass === undefined ? null : positiveInteger('--cap-per-class', flags.capPerClass),
          mutants: flags.mutants === undefined ? null : positiveInteger('--mutants', flags.mutants),
          keepSplits: flags.keepSplits ?? null,
          onProgress: status.update,
        });
        progress.done();
        printResult(flags.json, card, () => renderDataCard(card).trimEnd());
      } catch (error) {
        progress.done();
        if (context.signal.aborted) status.interrupted('the same command goes on');
        throw error;
      } finally {
        progress.done();
      }
    });
}
