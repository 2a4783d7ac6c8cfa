import type { Comparison } from '../../src/contracts/comparison.ts';
import type { ConfusionMatrix, Estimate, JudgeEvaluation } from '../../src/contracts/judge-evaluation.ts';
import type { RankResult, RankRow } from '../../src/contracts/rank-result.ts';
import type { JudgeAgreement } from '../../src/contracts/study-evaluation.ts';
import type { CheapSetting, StudyReplay } from '../../src/contracts/study-replay.ts';
import type { StudyGeneratorReport } from '../../src/contracts/study-report.ts';
import { cohenKappa, kappaBand } from '../../src/evaluate/cohen-kappa.ts';
import { mcnemar } from '../../src/evaluate/mcnemar.ts';
import { CONFIDENCE_THRESHOLDS } from '../../src/evaluate/precision-by-confidence.ts';

/** Samples a draw. */
export const SIZES = [2, 5, 10];
export const TEAMS = [
  { name: 'team of tuned', judges: ['tuned'] },
  { name: 'team of tuned + shots', judges: ['tuned', 'shots'] },
];

/** What was chosen and measured of the candidates of a generator, whose single candidate passes so often. Numbers are made up. */
export function studyGenerator(name: string, single: number): StudyGeneratorReport {
  const [team = { name: '' }] = TEAMS;
  return {
    name,
    choices: choicesOf(single),
    evaluation: {
      judges: [
        judged('zero', { truePositives: 50, falsePositives: 100, falseNegatives: 30, trueNegatives: 119 }, 1),
        judged('shots', { truePositives: 40, falsePositives: 20, falseNegatives: 40, trueNegatives: 200 }, 0),
        judged('tuned', { truePositives: 60, falsePositives: 20, falseNegatives: 20, trueNegatives: 200 }, 0),
      ],
      judgeComparisons: [
        compared(['zero', 'shots'], [130, 39, 109, 21], null),
        compared(['zero', 'tuned'], [159, 10, 100, 30], null),
        compared(['shots', 'tuned'], [240, 0, 20, 40], null),
      ],
      errors: [
        {
          ...{ judge: 'tuned', outcome: 'failed', kind: 'Assertion|Error', candidates: 60 },
          ...{ judged: 59, saysCorrect: 20 },
        },
        { judge: 'tuned', outcome: 'others', kind: null, candidates: 3, judged: 0, saysCorrect: 0 },
      ],
      agreement: [
        agreed(['zero', 'shots'], [31, 29, 119, 120]),
        agreed(['zero', 'tuned'], [60, 20, 90, 129]),
        agreed(['shots', 'tuned'], [60, 20, 0, 220]),
      ],
      choiceComparisons: [5, 2].map((n) =>
        compared(
          [`${name}.jsonl: multiplicity, best of ${n}`, `${name}.jsonl: ${team.name}, best of ${n}`],
          [100, 12, 30, 258],
          { first: n, second: n },
        ),
      ),
      large: [{ name: 'big', passAt1: around(0.4375) }],
      largeComparisons: ['multiplicity', team.name].map((first) =>
        compared([first, 'big'], [90, 40, 85, 185], { first: 10, second: 1 }),
      ),
      replays: [replay(team.name, single)],
      gate: {
        ...{ n: 10, candidates: 300, removed: 45 },
        choices: [
          { name: 'random', without: around(single), with: around(single + 0.0625) },
          ...[around(single + 0.09375)].map((same) => ({ name: team.name, without: same, with: same })),
        ],
      },
      notices: ['zero: 20 of 320 verdicts left out, nothing to judge in the sample'],
    },
  };
}

function around(value: number, half = 0.0625): Estimate {
  return { value, low: value - half, high: value + half };
}

function choicesOf(single: number): Omit<RankResult, 'out'> {
  const row = (name: string, kind: RankRow['kind'], gain: number) =>
    SIZES.map(
      (n): RankRow => ({
        ...{ name, kind, n },
        passAt1: around(single + (gain * n) / 100),
        tied: kind === 'ranker' ? n / 100 : null,
        how: `how ${name} looks at candidates`,
      }),
    );
  const rows = [
    row('single candidate', 'exact', 0),
    row('random (samples)', 'exact', 0.1),
    row('multiplicity', 'ranker', 0.5),
    ...TEAMS.map(({ name }) => row(name, 'ranker', 1)),
    row('oracle', 'ceiling', 2),
    row('pass@n', 'ceiling', 2.5),
  ];
  return {
    ...{ tasks: 40, labelledTasks: 40, samples: 400, rejectedSamples: 20, candidates: 300 },
    ...{ poolSizes: { least: 10, most: 10 }, sizes: SIZES, repetitions: 10, seed: 7, resamples: 1_000 },
    rows: SIZES.flatMap((n) => rows.flatMap((ofName) => ofName.filter((entry) => entry.n === n))),
    comparisons: ['single candidate', 'multiplicity'].map((baseline) => ({
      ...{ ranker: 'team of tuned', baseline, n: 10, difference: around(0.1, 0.03125) },
      ...{ pValue: 0.0004, adjusted: 0.0008 },
    })),
    notices: [],
  };
}

function judged(judge: string, confusion: ConfusionMatrix, invalid: number): JudgeEvaluation {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn } = confusion;
  const counted = (value: number): Estimate => ({ value, low: null, high: null });
  const all = tp + fp + fn + tn;
  const kappa = cohenKappa(confusion) ?? 0;
  const shares = {
    truePositives: around(tp / (tp + fn)),
    falseNegatives: around(fn / (tp + fn)),
    falsePositives: around(fp / (fp + tn)),
    trueNegatives: around(tn / (fp + tn)),
  };
  return {
    ...{ judge, verdicts: 320, withoutLabel: 0, repeated: 0, rejected: 20, byNumber: 0 },
    ...{ correctBelowHalf: 0, notJudged: 0, calibration: null, constant: false },
    metrics: {
      candidates: counted(all + invalid),
      tasks: counted(40),
      tasksWithBothLabels: counted(28),
      positives: counted(tp + fn),
      invalid: counted(invalid),
      kappa: around(kappa),
      accuracy: around((tp + tn) / all),
      precision: around(tp / (tp + fp)),
      recall: shares.truePositives,
      specificity: shares.trueNegatives,
      f1: around((2 * tp) / (2 * tp + fp + fn)),
      auc: around(0.8125),
      aucWithinTask: { value: null, low: null, high: null },
      brier: around(0.15625),
      ece: around(0.125),
    },
    agreement: kappaBand(kappa),
    confusion,
    confusionShares: shares,
    precisionByConfidence: CONFIDENCE_THRESHOLDS.map((threshold, i) => ({
      ...{ threshold, kept: all - 10 * i, coverage: (all - 10 * i) / all },
      ...{ precisionCorrect: 0.5 + i / 64, precisionWrong: i === 28 ? null : 0.625 + i / 128 },
      ...{ keptCorrect: 60 - 2 * i, keptWrong: i === 28 ? 0 : 240 - 8 * i },
      ...{ coverageCorrect: 1 - i / 32, coverageWrong: 1 - i / 64 },
      intervals: {
        coverage: { low: 0.25, high: 1 },
        precisionCorrect: { low: 0.375, high: 1 },
        precisionWrong: i === 28 ? { low: null, high: null } : { low: 0.5, high: 1 },
        coverageCorrect: { low: 0.125, high: 1 },
        coverageWrong: { low: 0.125, high: 1 },
      },
    })),
    reliability: [
      { from: 0, to: 0.1, count: 200, meanProbability: 0.0625, shareCorrect: 0.125 },
      { from: 0.1, to: 0.2, count: 0, meanProbability: null, shareCorrect: null },
      { from: 0.9, to: 1, count: 99, meanProbability: 0.9375, shareCorrect: 0.625 },
    ],
    labelMass: { verdicts: 300, invalid, withoutMass: 0, mean: 0.9375, median: 0.96875, smallest: 0.5 },
  };
}

function agreed(
  [first, second]: readonly [string, string],
  [bothCorrect, onlySecond, onlyFirst, bothWrong]: readonly [number, number, number, number],
): JudgeAgreement {
  const candidates = bothCorrect + onlySecond + onlyFirst + bothWrong;
  const confusion = {
    ...{ truePositives: bothCorrect, falsePositives: onlySecond },
    ...{ falseNegatives: onlyFirst, trueNegatives: bothWrong },
  };
  return {
    ...{ first, second, candidates, agreed: (bothCorrect + bothWrong) / candidates },
    ...{
      kappa: cohenKappa(confusion),
      bothCorrect: bothCorrect / candidates,
      bothWrong: bothWrong / candidates,
    },
  };
}

function compared(
  [first, second]: readonly [string, string],
  [both, onlyFirst, onlySecond, neither]: readonly [number, number, number, number],
  n: Comparison['n'],
): Comparison {
  const outcomes = both + onlyFirst + onlySecond + neither;
  return {
    ...{ first, second, n, leftOut: n === null ? 1 : 0, tasks: 40, outcomes },
    ...{ both, onlyFirst, onlySecond, neither, mcnemar: mcnemar(onlyFirst, onlySecond) },
    difference: around((onlyFirst - onlySecond) / outcomes, 0.03125),
    kappaDifference: n === null ? around(-0.1875) : null,
    pValue: 0.0124,
    adjusted: { pValue: 0.0248, mcnemar: 0.0002 },
  };
}

function replay(team: string, single: number): StudyReplay {
  const crossFitted = { samplesShare: around(0.4375), difference: around(-0.0078125, 0.0078125) };
  const setting: CheapSetting = { setting: 0.75, ...crossFitted };
  const point = { passAt1: single + 0.0625, meanSamples: 4.5, meanJudgements: 3.25 };
  return {
    ...{ team, n: 10, passAt1: single + 0.09375, limits: { samplesShare: 0.5, loss: 0.01 } },
    rules: [
      {
        kind: 'threshold',
        points: [{ setting: 0.75, ...point }],
        cheapest: setting,
        nearest: null,
        crossFitted,
      },
      { kind: 'budget', points: [{ setting: 4, ...point }], cheapest: null, nearest: setting, crossFitted },
    ],
    abstention: {
      points: [
        { share: 0.5, passAt1: 0.75 },
        { share: 0.875, passAt1: 0.5 },
      ],
      ...{ area: 0.6875, chanceArea: 0.5, bestArea: 0.84375 },
    },
    escalation: [
      {
        ...{ large: 'big', passAt1: 0.4375, leftOut: 0 },
        points: [
          { share: 0, passAt1: 0.40625, randomPassAt1: 0.40625 },
          { share: 0.5, passAt1: 0.5, randomPassAt1: 0.421875 },
          { share: 1, passAt1: 0.4375, randomPassAt1: 0.4375 },
        ],
      },
    ],
  };
}
