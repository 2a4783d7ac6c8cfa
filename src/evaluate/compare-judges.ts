import type { OutcomeComparison } from '../contracts/comparison.ts';
import type { ConfusionMatrix, Estimate } from '../contracts/judge-evaluation.ts';
import { bootstrapTasks } from './bootstrap-tasks.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { type CompareOptions, compareOutcomes, type TaskOutcomes } from './compare-outcomes.ts';

/** Valid answers of two judges about one candidate. */
export interface PairedLabels {
  readonly taskId: string;
  readonly truth: 0 | 1;
  readonly first: 0 | 1;
  readonly second: 0 | 1;
}

export type JudgeComparison = OutcomeComparison & { readonly kappaDifference: Estimate };

/**
 * Compares two judges on candidates that both gave a valid answer about: which is right how often, and the difference of their kappas
 * (null where one has none), with intervals over tasks.
 *
 * @throws {RangeError} as `compareOutcomes`.
 */
export function compareJudges(
  pairs: Iterable<PairedLabels>,
  options: Omit<CompareOptions, 'weight'>,
): JudgeComparison {
  const tasks = new Map<string, { readonly outcomes: Counts<TaskOutcomes>; readonly matrices: Matrices }>();
  for (const { taskId, truth, first, second } of pairs) {
    const task = tasks.get(taskId) ?? {
      outcomes: { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 },
      matrices: [emptyMatrix(), emptyMatrix()] as const,
    };
    tasks.set(taskId, task);
    task.outcomes[outcomeOf(first === truth, second === truth)] += 1;
    task.matrices[0][cellOf(truth, first)] += 1;
    task.matrices[1][cellOf(truth, second)] += 1;
  }
  const outcomes = new Map([...tasks].map(([id, task]) => [id, task.outcomes]));
  const kappas = (drawn: readonly { readonly matrices: Matrices }[]) => {
    const [first, second] = [emptyMatrix(), emptyMatrix()];
    for (const { matrices } of drawn) {
      addMatrix(first, matrices[0]);
      addMatrix(second, matrices[1]);
    }
    const [a, b] = [cohenKappa(first), cohenKappa(second)];
    return { difference: a === null || b === null ? null : a - b };
  };
  return {
    ...compareOutcomes(outcomes, { ...options, weight: 'outcome' }),
    kappaDifference: bootstrapTasks(tasks, kappas, options).difference,
  };
}

type Counts<T> = { -readonly [Key in keyof T]: number };
type Matrices = readonly [Counts<ConfusionMatrix>, Counts<ConfusionMatrix>];

function emptyMatrix(): Counts<ConfusionMatrix> {
  return { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
}

function addMatrix(sum: Counts<ConfusionMatrix>, matrix: ConfusionMatrix): void {
  sum.truePositives += matrix.truePositives;
  sum.falsePositives += matrix.falsePositives;
  sum.falseNegatives += matrix.falseNegatives;
  sum.trueNegatives += matrix.trueNegatives;
}

function cellOf(truth: 0 | 1, label: 0 | 1): keyof ConfusionMatrix {
  if (label === 1) return truth === 1 ? 'truePositives' : 'falsePositives';
  return truth === 1 ? 'falseNegatives' : 'trueNegatives';
}

function outcomeOf(first: boolean, second: boolean): keyof TaskOutcomes {
  if (first) return second ? 'both' : 'onlyFirst';
  return second ? 'onlySecond' : 'neither';
}
