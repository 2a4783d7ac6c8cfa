import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { collect } from '../flags.ts';
import { printResult } from '../print-result.ts';

interface EvaluateFlags {
  readonly verdicts: string[];
  readonly labels: string;
  readonly split?: string;
  readonly resamples: string;
  readonly seed: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `codejury evaluate`: how well do judges agree with the tests? */
export function addEvaluate(program: Command, context: CliContext): void {
  program
    .command('evaluate')
    .description('measure judges: their verdicts against what the tests said')
    .requiredOption('--verdicts <file.jsonl>', 'what `judge --out` wrote; may be repeated', collect)
    .requiredOption('--labels <path>', 'what `execute --out` wrote, or the folder of a dataset')
    .option('--split <name>', 'only this part of the dataset: train, validation or test')
    .option('--resamples <n>', 'of the bootstrap over tasks that gives the intervals', '1000')
    .option('--seed <n>', 'of the bootstrap', '1')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress')
    .action(async (flags: EvaluateFlags) => {
      const [{ runEvaluate }, { openProgress }, { evaluateReport }, { naturalNumber, positiveInteger }] =
        await Promise.all([
          import('../../pipeline/evaluate/run-evaluate.ts'),
          import('../render/progress-line.ts'),
          import('../render/evaluate-report.ts'),
          import('../execution-settings.ts'),
        ]);
      const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
      try {
        const result = await runEvaluate({
          verdicts: flags.verdicts,
          labels: flags.labels,
          split: flags.split ?? null,
          resamples: positiveInteger('--resamples', flags.resamples),
          seed: naturalNumber('--seed', flags.seed),
          signal: context.signal,
          onProgress: (text) => progress.status(text),
        });
        progress.done();
        printResult(flags.json, result, () => evaluateReport(result));
      } finally {
        progress.done();
      }
    });
}
