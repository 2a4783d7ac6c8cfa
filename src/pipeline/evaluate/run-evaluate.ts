import type { EvaluateResult, JudgeEvaluation } from '../../contracts/judge-evaluation.ts';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import type { BootstrapOptions } from '../../evaluate/bootstrap-tasks.ts';
import { reliabilityBins } from '../../evaluate/calibration-error.ts';
import { kappaBand } from '../../evaluate/cohen-kappa.ts';
import { confusionMatrix, rowShares } from '../../evaluate/confusion-matrix.ts';
import { measureJudgeWithIntervals, validProbabilities } from '../../evaluate/measure-judge.ts';
import { precisionByConfidence } from '../../evaluate/precision-by-confidence.ts';
import type { TestedVerdict } from '../../evaluate/tested-verdict.ts';
import { summariseLabelMass } from '../../judge/calibration/label-mass.ts';
import { diagnoseJudge } from '../../judge/diagnose-judge.ts';
import { evidenceOf } from '../../select/score-verdict.ts';
import { readTruth, type Truth } from './read-truth.ts';
import { readVerdicts, type VerdictLine } from './read-verdicts.ts';

export interface RunEvaluateOptions extends BootstrapOptions {
  /** Files of verdicts; those of one judge may be in several. */
  readonly verdicts: readonly string[];
  /** What `execute` wrote, or the folder of a dataset. */
  readonly labels: string;
  /** The part of the dataset to measure on; null = all. */
  readonly split: string | null;
  readonly signal: AbortSignal;
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** What is known of one judge while its verdicts are read: the numbers only, never code nor texts. */
interface Collected {
  readonly tested: (TestedVerdict & { readonly labelMass: number | null })[];
  /** Judged candidates, and the tested ones that they are. */
  readonly seen: Set<string>;
  readonly covered: Set<string>;
  verdicts: number;
  withoutLabel: number;
  repeated: number;
}

/**
 * Measures judges against the tests, each on the candidates that it judged and that have a label; a candidate judged twice counts
 * with its first verdict. Random numbers are drawn for the intervals only.
 *
 * @throws {CodejuryError} as `readTruth` and `readVerdicts` do; `usage` when no verdict is about a candidate with a label;
 * `aborted`.
 */
export async function runEvaluate(options: RunEvaluateOptions): Promise<EvaluateResult> {
  const { labels, split, resamples, seed, signal, onProgress } = options;
  onProgress?.('reading the labels');
  const truth = await readTruth(labels, split);
  onProgress?.('reading the verdicts');
  const judges = await collect(options, truth);
  const evaluations: JudgeEvaluation[] = [];
  for (const [judge, collected] of judges) {
    throwIfAborted(signal);
    onProgress?.(`measuring ${judge}`);
    evaluations.push(evaluate(judge, collected, truth, { resamples, seed }));
  }
  return {
    labels,
    split,
    labelled: truth.size,
    resamples,
    seed,
    judges: evaluations,
    notices: [
      ...(truth.unlabelled === 0
        ? []
        : [`candidates without a label, or with labels that contradict each other: ${truth.unlabelled}`]),
      ...evaluations.flatMap(noticesOf),
    ],
  };
}

async function collect(
  { verdicts, labels, signal }: RunEvaluateOptions,
  truth: Truth,
): Promise<ReadonlyMap<string, Collected>> {
  const judges = new Map<string, Collected>();
  for await (const line of readVerdicts(verdicts)) {
    throwIfAborted(signal);
    const collected = judges.get(line.judge) ?? {
      tested: [],
      seen: new Set(),
      covered: new Set(),
      verdicts: 0,
      withoutLabel: 0,
      repeated: 0,
    };
    judges.set(line.judge, collected);
    add(line, collected, truth);
  }
  if (judges.size === 0) throw new CodejuryError('usage', `${verdicts.join(', ')}: no verdict in it`);
  for (const [judge, { tested, verdicts: read }] of judges) {
    if (tested.length > 0) continue;
    throw new CodejuryError(
      'usage',
      `${judge}: none of its ${read} verdicts is about a candidate that has a label in ${labels}`,
      { hint: 'labels and verdicts must be about the same tasks and candidates' },
    );
  }
  return judges;
}

function add(line: VerdictLine, collected: Collected, truth: Truth): void {
  const { taskId, candidateId, label, probabilityCorrect, confidence, labelMass } = line;
  const { tested, seen, covered } = collected;
  const known = truth.of(line);
  const key = `${taskId}\n${candidateId}`;
  collected.verdicts += 1;
  if (known === null) {
    collected.withoutLabel += 1;
    return;
  }
  covered.add(known.tested);
  if (seen.has(key)) {
    collected.repeated += 1;
    return;
  }
  seen.add(key);
  const score = label === null ? null : evidenceOf(line, label);
  tested.push({ taskId, truth: known.label, label, score, probabilityCorrect, confidence, labelMass });
}

function evaluate(
  judge: string,
  { tested, verdicts, withoutLabel, repeated, covered }: Collected,
  truth: Truth,
  options: BootstrapOptions,
): JudgeEvaluation {
  const metrics = measureJudgeWithIntervals(tested, options);
  const confusion = confusionMatrix(tested);
  return {
    judge,
    verdicts,
    withoutLabel,
    repeated,
    notJudged: truth.size - covered.size,
    constant: diagnoseJudge(tested).constant,
    metrics,
    agreement: metrics.kappa.value === null ? null : kappaBand(metrics.kappa.value),
    confusion,
    confusionShares: rowShares(confusion),
    precisionByConfidence: precisionByConfidence(tested),
    reliability: reliabilityBins(validProbabilities(tested)),
    labelMass: summariseLabelMass(tested),
  };
}

function noticesOf({ judge, verdicts, withoutLabel, repeated, notJudged }: JudgeEvaluation): string[] {
  const leftOut = (count: number, why: string) =>
    count === 0 ? [] : [`${judge}: ${count} of ${verdicts} verdicts left out, ${why}`];
  return [
    ...(notJudged === 0 ? [] : [`${judge}: candidates with a label that it did not judge: ${notJudged}`]),
    ...leftOut(withoutLabel, 'no label for the candidate'),
    ...leftOut(repeated, 'the candidate was judged before'),
  ];
}
