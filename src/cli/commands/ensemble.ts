import type { Command } from 'commander';
import { refuseOverwriting } from '../../io/refuse-overwriting.ts';
import { requireFolderOf } from '../../io/require-folder-of.ts';
import { collect, DEFAULT_SEED } from '../flags.ts';
import { printResult } from '../print-result.ts';

interface EnsembleFitFlags {
  readonly verdicts: string[];
  readonly labels: string;
  readonly split?: string;
  readonly profile?: string[];
  readonly combine: string;
  readonly judges?: string;
  readonly folds: string;
  readonly seed: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `codejury ensemble fit`: how several judges are best combined, learnt from labelled candidates. */
export function addEnsemble(program: Command): void {
  program
    .command('ensemble')
    .description('combine judges')
    .command('fit')
    .description('fit a combination of one to three judges on validation data, for "combiner" of a team')
    .requiredOption('--verdicts <file.jsonl>', 'what `judge --out` wrote; may be repeated', collect)
    .requiredOption('--labels <path>', 'what `execute --out` wrote, or the folder of a dataset')
    .option('--split <name>', 'part of the dataset: validation (test and training tasks are refused)')
    .option(
      '--profile <path>',
      'of a judge that is in the team by it: formulas use its Platt scaling, as the team does; may be repeated',
      collect,
    )
    .option('--combine <kind>', 'logistic, forest or network', 'logistic')
    .option('--judges <n>', 'the first so many by kappa (default: all, at most 3)')
    .option('--folds <n>', 'parts of the tasks for cross-validation', '5')
    .option('--seed <n>', 'of folds, forest and network', DEFAULT_SEED)
    .requiredOption('--out <file.json>', 'the fitted combination')
    .option('--json', 'print one JSON document')
    .action(async (flags: EnsembleFitFlags) => {
      const [{ learnedCombinations, runEnsembleFit }, settings, { ensembleReport }] = await Promise.all([
        import('../../pipeline/ensemble/run-ensemble-fit.ts'),
        import('../execution-settings.ts'),
        import('../render/ensemble-report.ts'),
      ]);
      const { naturalNumber, oneOf, positiveInteger } = settings;
      await requireFolderOf('--out', flags.out);
      await refuseOverwriting(
        { '--out': flags.out },
        { '--verdicts': flags.verdicts, '--labels': flags.labels, '--profile': flags.profile ?? [] },
      );
      const result = await runEnsembleFit({
        verdicts: flags.verdicts,
        labels: flags.labels,
        split: flags.split ?? null,
        profiles: flags.profile ?? [],
        combine: oneOf('--combine', flags.combine, learnedCombinations),
        judges: flags.judges === undefined ? null : positiveInteger('--judges', flags.judges),
        folds: positiveInteger('--folds', flags.folds),
        seed: naturalNumber('--seed', flags.seed),
        out: flags.out,
      });
      printResult(flags.json, result, () => ensembleReport(result));
    });
}
