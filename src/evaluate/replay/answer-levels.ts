import { drawsByTask } from './draws-by-task.ts';
import { replaySteps } from './replay-steps.ts';
import type { LargeAnswer, ReplayedCandidate, ReplayedDraw } from './replayed-draw.ts';

/** What is chosen when all samples of a draw are taken. */
export interface WeightedAnswer {
  /** Null for a draw without candidates. */
  readonly answer: ReplayedCandidate | null;
  readonly cost: number;
  readonly large: LargeAnswer | null;
  /** Whole numbers, so that sums are exact: tasks weigh the same, of each its repetitions. */
  readonly weight: number;
}

/**
 * The answers of the draws by how sure they are: the highest score first, those of equal score together, then those without a
 * score, then the draws without a candidate. Empty without draws.
 *
 * @throws {RangeError} as drawsByTask.
 */
export function answerLevels(draws: readonly ReplayedDraw[]): readonly (readonly WeightedAnswer[])[] {
  const tasks = [...drawsByTask(draws).values()];
  const common = commonMultiple(tasks.map(({ length }) => length));
  const answers = tasks.flatMap((ofTask) =>
    ofTask.map((draw): WeightedAnswer => {
      const last = replaySteps(draw).at(-1);
      const weight = common / ofTask.length;
      return { answer: last?.answer ?? null, cost: last?.cost ?? 0, large: draw.large, weight };
    }),
  );
  const sureness = ({ answer }: WeightedAnswer) =>
    answer === null ? WITHOUT_ANSWER : (answer.score ?? WITHOUT_SCORE);
  return [...Map.groupBy(answers, sureness)].sort(([a], [b]) => b - a).map(([, level]) => level);
}

/** Scores are finite: these two lie below them. */
const WITHOUT_SCORE = -Number.MAX_VALUE;
const WITHOUT_ANSWER = Number.NEGATIVE_INFINITY;

export function weightOf(answers: readonly WeightedAnswer[]): number {
  return answers.reduce((sum, { weight }) => sum + weight, 0);
}

export function weightPassed(answers: readonly WeightedAnswer[]): number {
  return weightOf(answers.filter(({ answer }) => answer?.passed === true));
}

/** Smallest number that all of these divide; 1 where it is too large to be exact, or there are none. */
function commonMultiple(counts: readonly number[]): number {
  let common = 1;
  for (const count of new Set(counts)) {
    let [a, b] = [common, count];
    while (b > 0) [a, b] = [b, a % b];
    common *= count / a;
    if (!Number.isSafeInteger(common)) return 1;
  }
  return common;
}
