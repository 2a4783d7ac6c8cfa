import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EvaluateResult, JudgeEvaluation } from '../../contracts/judge-evaluation.ts';
import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import type { BootstrapOptions } from '../../evaluate/bootstrap-tasks.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { matchProfiles } from '../match-profiles.ts';
import { isBundled, readProfile } from '../read-profile.ts';
import { calibrateJudge } from './calibrate-judge.ts';
import { calibrationWarnings } from './calibration-warnings.ts';
import { belowHalfNotice } from './check-verdict.ts';
import { collectVerdicts } from './collect-verdicts.ts';
import type { Collected } from './collected.ts';
import { compareCollected } from './compare-collected.ts';
import { evaluateJudge } from './evaluate-judge.ts';
import { openLabels } from './label-sources.ts';
import { byNumberNotice } from './read-truth.ts';
import { readVerdicts } from './read-verdicts.ts';
import { requireValidation } from './require-validation.ts';
import { trainingNotice } from './training-notice.ts';
import type { VerdictColumns } from './verdict-columns.ts';

export interface RunEvaluateOptions extends BootstrapOptions {
  /** Files of verdicts; those of one judge may be in several. */
  readonly verdicts: readonly string[];
  /** Which of their columns say what. */
  readonly columns?: VerdictColumns;
  /** A probability or score from here on says "correct", where a line has no label; 0.5 unless it is given. */
  readonly threshold?: number;
  /** What `execute` wrote, or the folder of a dataset; null = the verdicts say themselves whether their candidate passes. */
  readonly labels: string | null;
  /** The part of the dataset to measure on; null = all. */
  readonly split: string | null;
  /** Profiles (files, or their folders) of judges whose probabilities are to be measured after their Platt scaling. */
  readonly profiles: readonly string[];
  /** Fit Platt scaling and confidence bounds of these judges anew, and write them and the metrics into the profiles. */
  readonly calibrate: boolean;
  /** Judges to compare with one another, as compareCollected; null = none. */
  readonly compare?: readonly string[] | null;
  readonly signal: AbortSignal;
  readonly onProgress?: ((text: string) => void) | undefined;
}

/**
 * Measures judges against the tests, each on the candidates that it judged and that have a label; a candidate judged twice, with
 * the same numbers, counts once. Random numbers are drawn for the intervals only.
 *
 * @throws {CodejuryError} as `openLabels`, `readVerdicts`, `readProfile` and `matchProfiles` do; `usage` when no verdict of a judge is
 * about a candidate with a label, for calibrating on other than validation tasks, and a judge that comes with the package; `aborted`.
 */
export async function runEvaluate(options: RunEvaluateOptions): Promise<EvaluateResult> {
  const { labels, split, resamples, seed, calibrate, signal, onProgress } = options;
  const bundled = calibrate ? options.profiles.find(isBundled) : undefined;
  if (bundled !== undefined) {
    throw new CodejuryError('usage', `${bundled} comes with codejury and is not calibrated in its place`, {
      hint: 'copy its folder, and name the copy as --profile',
    });
  }
  const found = await Promise.all(options.profiles.map((path) => readProfile(resolve(path))));
  onProgress?.('reading the labels');
  const truth = await openLabels(labels, split, options.verdicts.join(', '));
  if (calibrate) requireValidation('a judge calibrated', split, truth);
  onProgress?.('reading the verdicts');
  const { judges } = await collectVerdicts(readVerdicts(options.verdicts, options), truth, signal);
  if (judges.size === 0) throw new CodejuryError('usage', `${options.verdicts.join(', ')}: no verdict in it`);
  for (const [judge, collected] of judges) requireTested(judge, collected, truth.file);
  const identities = new Map([...judges].map(([name, { identity }]) => [name, identity]));
  const { profiles, notices: matching } = matchProfiles(found, identities);
  const training: string[] = [];
  for (const { profile } of profiles.values())
    training.push(...(await trainingNotice(profile, truth, split)));
  const evaluations: JudgeEvaluation[] = [];
  const calibrated: string[] = [];
  for (const [judge, collected] of judges) {
    onProgress?.(`measuring ${judge}`);
    // So that an interruption is heard of between judges.
    await setImmediate();
    throwIfAborted(signal);
    const known = profiles.get(judge) ?? null;
    const fitted = known !== null && calibrate ? calibrateJudge([...collected.tested()]) : null;
    const calibration = fitted ?? known?.profile ?? null;
    const evaluation = await evaluateJudge(judge, collected, calibration, truth.size, {
      resamples,
      seed,
      signal,
    });
    evaluations.push(evaluation);
    if (known === null || fitted === null) continue;
    const measured = Object.entries(evaluation.metrics).map(([name, { value }]) => [name, value]);
    const profile: JudgeProfile = { ...known.profile, ...fitted, metrics: Object.fromEntries(measured) };
    await writeFileAtomically(known.path, `${JSON.stringify(profile, null, 2)}\n`);
    calibrated.push(
      ...calibrationWarnings(judge, [...collected.tested()], fitted),
      `${judge}: ${fitted.platt === null ? 'not calibrated, but measured' : 'calibrated on these verdicts, so Brier and ECE flatter it'}; written to ${known.path}`,
    );
  }
  const { compare = null } = options;
  const comparisons =
    compare === null ? [] : await compareCollected(judges, compare, { resamples, seed, signal, onProgress });
  return {
    labels,
    split,
    labelled: truth.size,
    resamples,
    seed,
    judges: evaluations,
    comparisons,
    notices: [
      ...matching,
      ...training,
      ...(truth.unlabelled === 0
        ? []
        : [`candidates without a label, or with labels that contradict each other: ${truth.unlabelled}`]),
      ...evaluations.flatMap((evaluation) => noticesOf(evaluation, split)),
      ...[...judges].flatMap(([judge, collected]) => contradictionNotice(judge, collected)),
      ...orderNotice(judges, compare !== null),
      ...calibrated,
    ],
  };
}

function requireTested(judge: string, { table, verdicts }: Collected, labels: string): void {
  if (table.rows > 0) return;
  throw new CodejuryError(
    'usage',
    `${judge}: none of its ${verdicts} verdicts is about a candidate that has a label in ${labels}`,
    { hint: 'labels and verdicts must be about the same tasks and candidates' },
  );
}

function contradictionNotice(judge: string, { contradicted, verdicts }: Collected): string[] {
  if (contradicted === 0) return [];
  return [
    `${judge}: ${contradicted} of ${verdicts} verdicts say otherwise than the labels whether their candidate passes; the labels count`,
  ];
}

/** Where it matters: judges that are compared, and the same candidates must be meant. */
function orderNotice(judges: ReadonlyMap<string, Collected>, isCompared: boolean): string[] {
  if (!isCompared || judges.values().every(({ byOrder }) => byOrder === 0)) return [];
  return [
    'candidates without candidateId are told apart by their order: the n-th verdict of a judge on a task is about the n-th candidate of the others',
  ];
}

function noticesOf(evaluation: JudgeEvaluation, split: string | null): string[] {
  const { judge, verdicts, withoutLabel, repeated, rejected, byNumber, correctBelowHalf, notJudged } =
    evaluation;
  const leftOut = (count: number, why: string) =>
    count === 0 ? [] : [`${judge}: ${count} of ${verdicts} verdicts left out, ${why}`];
  return [
    ...(notJudged === 0 ? [] : [`${judge}: candidates with a label that it did not judge: ${notJudged}`]),
    ...leftOut(withoutLabel, `no label for the candidate${split === null ? '' : ` in the split ${split}`}`),
    ...leftOut(rejected, 'nothing to judge in the sample'),
    ...leftOut(repeated, 'the candidate was judged before'),
    ...(correctBelowHalf === 0 ? [] : [`${judge}: ${belowHalfNotice(correctBelowHalf)}`]),
    ...(byNumber === 0 ? [] : [`${judge}: ${byNumberNotice(byNumber)}`]),
  ];
}
