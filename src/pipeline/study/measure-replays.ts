import type { Estimate } from '../../contracts/judge-evaluation.ts';
import type { ReplayedEscalation, ReplayedRule, StudyReplay } from '../../contracts/study-replay.ts';
import { abstentionCurve } from '../../evaluate/replay/abstention-curve.ts';
import { budgetFrontier } from '../../evaluate/replay/budget-frontier.ts';
import { cheapestWithin } from '../../evaluate/replay/cheapest-within.ts';
import { crossFittedWithin } from '../../evaluate/replay/cross-fitted-within.ts';
import { escalationCurve } from '../../evaluate/replay/escalation-curve.ts';
import type { Frontier, FrontierPoint } from '../../evaluate/replay/replay-outcome.ts';
import { reservationFrontier } from '../../evaluate/replay/replay-reservation.ts';
import { thresholdFrontier } from '../../evaluate/replay/replay-threshold.ts';
import type { ReplayedDraw } from '../../evaluate/replay/replayed-draw.ts';
import { scoreThresholds } from '../../evaluate/replay/score-thresholds.ts';
import { thinCurve } from '../../evaluate/replay/thin-curve.ts';

/** Half the samples, one point of pass@1: the question of the issue of early stopping. */
const LIMITS = { samplesShare: 0.5, loss: 0.01 };
/** Settings tried, and points a figure gets. */
const MOST = { settings: 60, points: 200 };
/** In pass probability a sample: 0.001 hardly ever stops, 0.3 nearly always. */
const COSTS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3];
const FOLDS = 5;

export interface ReplayOptions {
  readonly team: string;
  /** Samples a draw. */
  readonly n: number;
  readonly resamples: number;
  readonly seed: number;
  /** By task id what the task is about. */
  readonly problems: ReadonlyMap<string, string>;
  /** Of each larger model, by task and repetition, whether its single candidate passes. */
  readonly large: ReadonlyMap<string, (taskId: string, repetition: number) => boolean | null>;
}

/**
 * What stopping early, abstaining and escalating would come to, replayed from the scores of the team's draws.
 *
 * @param draws with costs that count judgements: 0 a sample, 1 a judgement
 */
export function measureReplays(draws: readonly ReplayedDraw[], options: ReplayOptions): StudyReplay {
  const { team, n, large } = options;
  const folds = { folds: FOLDS, seed: options.seed, problems: options.problems };
  const frontiers: [ReplayedRule['kind'], Frontier][] = [
    ['threshold', thresholdFrontier(draws, scoreThresholds(draws, MOST.settings))],
    ['reservation', reservationFrontier(draws, COSTS, folds)],
    [
      'budget',
      budgetFrontier(
        draws,
        Array.from({ length: n }, (_, index) => index + 1),
      ),
    ],
  ];
  const abstention = abstentionCurve(draws);
  return {
    team,
    n,
    passAt1: frontiers[0]?.[1].full.passAt1 ?? null,
    limits: LIMITS,
    rules: frontiers.map(([kind, frontier]) => measureRule(kind, frontier, options)),
    abstention: {
      ...abstention,
      points: thinCurve(abstention.points, MOST.points).map(({ coverage, passAt1 }) => ({
        share: coverage,
        passAt1,
      })),
    },
    escalation: [...large].map(([name, passes]) => escalate(draws, name, passes)),
  };
}

function measureRule(
  kind: ReplayedRule['kind'],
  frontier: Frontier,
  { resamples, seed, problems }: ReplayOptions,
): ReplayedRule {
  const { found, missedByLoss } = cheapestWithin(frontier, { ...LIMITS, resamples, seed });
  return {
    kind,
    points: frontier.points.map(pointOf),
    cheapest: found === null ? null : settingOf(found),
    nearest: missedByLoss === null ? null : settingOf(missedByLoss),
    crossFitted: estimatesOf(
      crossFittedWithin(frontier, { ...LIMITS, resamples, seed, folds: FOLDS, problems }),
    ),
  };
}

function pointOf({ setting, passAt1, meanSamples, meanCost }: FrontierPoint) {
  return { setting, passAt1, meanSamples, meanJudgements: meanCost };
}

interface Compared {
  readonly samplesShare: Estimate;
  readonly difference: Estimate;
}

function settingOf({ point, ...compared }: Compared & { readonly point: FrontierPoint }) {
  return { setting: point.setting, ...estimatesOf(compared) };
}

function estimatesOf({ samplesShare, difference }: Compared) {
  return { samplesShare, difference };
}

function escalate(
  draws: readonly ReplayedDraw[],
  large: string,
  passes: (taskId: string, repetition: number) => boolean | null,
): ReplayedEscalation {
  const answered = draws.map((draw): ReplayedDraw => {
    const passed = passes(draw.taskId, draw.repetition);
    return { ...draw, large: passed === null ? null : { passed, cost: 0 } };
  });
  const curve = escalationCurve(answered);
  return {
    large,
    passAt1: curve.large?.passAt1 ?? null,
    points: thinCurve(curve.points, MOST.points).map(({ share, passAt1, randomPassAt1 }) => ({
      share,
      passAt1,
      randomPassAt1,
    })),
    leftOut: curve.leftOut,
  };
}
