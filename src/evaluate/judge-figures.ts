import type {
  ConfusionMatrix,
  JudgeMetrics,
  PrecisionAtConfidence,
  ReliabilityBin,
} from '../contracts/judge-evaluation.ts';
import { BINS, expectedCalibrationError, reliabilityBins } from './calibration-error.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { classificationRates, rowShares } from './confusion-matrix.ts';
import { type JudgeTally, SUMS, weightedSums } from './judge-tally.ts';
import { precisionByConfidence } from './precision-by-confidence.ts';
import { weightedWins } from './ranked-tasks.ts';
import type { TaskWeights } from './task-weights.ts';

/** What is measured of a judge on some tasks. */
export interface JudgeFigures {
  readonly metrics: JudgeMetrics;
  readonly confusion: ConfusionMatrix;
  readonly confusionShares: Readonly<Record<keyof ConfusionMatrix, number | null>>;
  /** Empty where no verdict has a confidence. */
  readonly precisionByConfidence: readonly PrecisionAtConfidence[];
  readonly reliability: readonly ReliabilityBin[];
}

/** The figures of all tasks, each taken as often as it is in a draw; one record a draw. */
export function figuresOf(tally: JudgeTally, drawn: TaskWeights): JudgeFigures[] {
  const sums = weightedSums(tally, drawn);
  const { wins, wrong } = weightedWins(tally.ranked, drawn);
  return Array.from({ length: drawn.draws }, (_, draw) => {
    const sum = (place: number) => sums[drawn.draws * place + draw] as number;
    const pairs = sum(SUMS.rankedCorrect) * (wrong[draw] as number);
    return figuresOfSums(sum, pairs === 0 ? null : (wins[draw] as number) / pairs, tally.tasks);
  });
}

/**
 * @param tasks as many are drawn as there are
 */
function figuresOfSums(sum: (place: number) => number, auc: number | null, tasks: number): JudgeFigures {
  const confusion: ConfusionMatrix = {
    truePositives: sum(SUMS.matrix + 3),
    falsePositives: sum(SUMS.matrix + 1),
    falseNegatives: sum(SUMS.matrix + 2),
    trueNegatives: sum(SUMS.matrix),
  };
  const bins = Array.from({ length: BINS }, (_, bin) => ({
    count: sum(SUMS.bins + 3 * bin),
    probability: sum(SUMS.bins + 3 * bin + 1),
    correct: sum(SUMS.bins + 3 * bin + 2),
  }));
  const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    metrics: {
      candidates: sum(SUMS.candidates),
      tasks,
      tasksWithBothLabels: sum(SUMS.tasksWithArea),
      positives: sum(SUMS.positives),
      invalid: sum(SUMS.invalid),
      kappa: cohenKappa(confusion),
      ...classificationRates(confusion),
      auc,
      aucWithinTask: ratio(sum(SUMS.areas), sum(SUMS.tasksWithArea)),
      brier: ratio(sum(SUMS.squaredErrors), sum(SUMS.probabilities)),
      ece: expectedCalibrationError(bins),
    },
    confusion,
    confusionShares: rowShares(confusion),
    precisionByConfidence: precisionByConfidence(
      { correct: sum(SUMS.confident + 1), wrong: sum(SUMS.confident) },
      (place, label) => {
        const at = SUMS.reached + 4 * place + 2 * label;
        return { count: sum(at) + sum(at + 1), right: sum(at + 1) };
      },
    ),
    reliability: reliabilityBins(bins),
  };
}
