import type { Command } from 'commander';
import { CodejuryError } from '../../errors.ts';
import type { CliContext } from '../cli-context.ts';
import { collect, DEFAULT_SEED, once } from '../flags.ts';
import { printResult } from '../print-result.ts';

/** What each number is in each draw is kept in memory. */
const MOST_RESAMPLES = 100_000;

interface EvaluateFlags {
  readonly verdicts?: string[];
  readonly labels?: string;
  readonly map?: string[];
  readonly threshold?: string;
  readonly split?: string;
  readonly profile?: string[];
  readonly calibrate?: boolean;
  readonly compare?: string[] | true;
  readonly selections?: string;
  readonly thresholds?: boolean;
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
    .argument('[file...]', 'verdicts: what `judge --out` wrote, or JSON lines, CSV or Parquet of any tool')
    .option('--verdicts <file>', 'one more file of verdicts; may be repeated', collect)
    .option(
      '--labels <path>',
      'what `execute --out` wrote, or the folder of a dataset; without it the lines say themselves what `passed`',
      once('--labels'),
    )
    .option(
      '--map <field=column,…>',
      'columns that are called otherwise: taskId=task_id,label=verdict; label:NAME=COLUMN or label:*=rating_* for judges side by side',
      collect,
    )
    .option(
      '--threshold <p>',
      'probability or score from which on a line without a label says "correct"; 0.5 unless it is given',
    )
    .option('--split <name>', 'only this part of the dataset: train, validation or test')
    .option(
      '--profile <path>',
      'of one of the judges: its probabilities are measured after its Platt scaling; may be repeated',
      collect,
    )
    .option('--calibrate', 'fit Platt scaling and bounds on these verdicts, and write them into --profile')
    .option(
      '--compare [name...]',
      'judges to compare with one another, all pairs without names; with --selections other files of selections',
    )
    .option(
      '--selections <file.jsonl>',
      'measure what `rank --out` wrote instead of verdicts',
      once('--selections'),
    )
    .option('--thresholds', 'show all 29 thresholds of the confidence')
    .option('--resamples <n>', 'of the bootstrap over tasks that gives the intervals', '1000')
    .option('--seed <n>', 'of the bootstrap', DEFAULT_SEED)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress')
    .action((files: string[], flags: EvaluateFlags) =>
      flags.selections === undefined
        ? evaluateVerdicts(files, flags, context)
        : evaluateSelections(flags.selections, files, flags, context),
    );
}

async function evaluateVerdicts(files: string[], flags: EvaluateFlags, context: CliContext): Promise<void> {
  const [
    { runEvaluate },
    { openProgress },
    { evaluateReport },
    { finiteNumber, naturalNumber, positiveInteger },
    { parseVerdictColumns },
  ] = await Promise.all([
    import('../../pipeline/evaluate/run-evaluate.ts'),
    import('../render/progress-line.ts'),
    import('../render/evaluate-report.ts'),
    import('../execution-settings.ts'),
    import('../../pipeline/evaluate/verdict-columns.ts'),
  ]);
  const verdicts = [...files, ...(flags.verdicts ?? [])];
  if (verdicts.length === 0) {
    throw new CodejuryError('usage', 'expected a file of verdicts', {
      hint: 'codejury evaluate verdicts.jsonl --labels results.jsonl; names after --compare are those of judges',
    });
  }
  if (flags.calibrate === true && flags.profile === undefined) {
    throw new CodejuryError('usage', '--calibrate: which judge?', { hint: 'name its --profile' });
  }
  const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
  try {
    const result = await runEvaluate({
      verdicts,
      columns: parseVerdictColumns(flags.map ?? []),
      threshold: finiteNumber('--threshold', flags.threshold ?? '0.5'),
      labels: flags.labels ?? null,
      split: flags.split ?? null,
      profiles: flags.profile ?? [],
      calibrate: flags.calibrate === true,
      compare: namesToCompare(flags),
      resamples: positiveInteger('--resamples', flags.resamples, MOST_RESAMPLES),
      seed: naturalNumber('--seed', flags.seed),
      signal: context.signal,
      onProgress: (text) => progress.status(text),
    });
    progress.done();
    const options = { allThresholds: flags.thresholds === true };
    printResult(flags.json, result, () => evaluateReport(result, options));
  } finally {
    progress.done();
  }
}

async function evaluateSelections(
  selections: string,
  files: string[],
  flags: EvaluateFlags,
  context: CliContext,
): Promise<void> {
  const ofVerdicts = [
    ...(files.length > 0 ? files.slice(0, 1) : []),
    ...(['verdicts', 'map', 'threshold', 'profile', 'calibrate', 'thresholds'] as const)
      .filter((name) => flags[name] !== undefined)
      .map((name) => `--${name}`),
  ];
  if (ofVerdicts.length > 0) {
    throw new CodejuryError('usage', `${ofVerdicts.join(', ')}: nothing to do with --selections`, {
      hint: 'measure verdicts and selections one after the other; other files of selections follow --compare',
    });
  }
  if (flags.labels === undefined) {
    throw new CodejuryError('usage', '--selections: what did the tests say?', {
      hint: '--labels results.jsonl, what `codejury execute --out` wrote for the samples that were ranked',
    });
  }
  const [
    { runEvaluateSelections },
    { openProgress },
    { selectionsReport },
    { naturalNumber, positiveInteger },
  ] = await Promise.all([
    import('../../pipeline/evaluate/run-evaluate-selections.ts'),
    import('../render/progress-line.ts'),
    import('../render/selections-report.ts'),
    import('../execution-settings.ts'),
  ]);
  const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
  try {
    const result = await runEvaluateSelections({
      selections,
      compare: namesToCompare(flags),
      labels: flags.labels,
      split: flags.split ?? null,
      resamples: positiveInteger('--resamples', flags.resamples, MOST_RESAMPLES),
      seed: naturalNumber('--seed', flags.seed),
      signal: context.signal,
      onProgress: (text) => progress.status(text),
    });
    progress.done();
    printResult(flags.json, result, () => selectionsReport(result));
  } finally {
    progress.done();
  }
}

/** None = all pairs; null = compare nothing. */
function namesToCompare({ compare }: EvaluateFlags): readonly string[] | null {
  if (compare === undefined) return null;
  return compare === true ? [] : compare;
}
