import { resolve } from 'node:path';
import {
  type Combiner,
  type LearnedCombination,
  learnedCombinationSchema,
} from '../../contracts/combiner.ts';
import type { EnsembleResult, EnsembleRow } from '../../contracts/ensemble-result.ts';
import type { JudgeMetrics } from '../../contracts/judge-evaluation.ts';
import { type Combination, combinationSchema } from '../../contracts/team.ts';
import { CodejuryError } from '../../errors.ts';
import { cohenKappa } from '../../evaluate/cohen-kappa.ts';
import { confusionMatrix } from '../../evaluate/confusion-matrix.ts';
import { measureJudge } from '../../evaluate/measure-judge.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { NO_ANSWER } from '../../judge/no-answer.ts';
import { type FormulaCombination, isFormula } from '../../select/combine-scores.ts';
import { combinerInputs } from '../../select/combiner/combiner-inputs.ts';
import type { CombinerRow } from '../../select/combiner/combiner-rows.ts';
import { type FittedCombiner, fitCombiner } from '../../select/combiner/fit-combiner.ts';
import { type JudgeCalibration, type ScoredVerdict, UNCALIBRATED } from '../../select/score-verdict.ts';
import { belowHalfNotice } from '../evaluate/check-verdict.ts';
import { byNumberNotice } from '../evaluate/read-truth.ts';
import { type MatchedProfiles, matchProfiles } from '../match-profiles.ts';
import { combineByFormula } from '../open-combiner.ts';
import { readProfile } from '../read-profile.ts';
import { collectPanel, type PanelCandidate } from './collect-panel.ts';

/** More judges than the method was studied with. */
const MOST_JUDGES = 3;

/** Of a team that says nothing else. */
const TEAM_DEFAULTS = { score: 'monotone', prior: 0.5 } as const;

export interface EnsembleFitOptions {
  /** What `judge --out` wrote. */
  readonly verdicts: readonly string[];
  /** What `execute --out` wrote, or a dataset's folder. */
  readonly labels: string;
  /** Part of the dataset. */
  readonly split: string | null;
  /** Profiles (files, or their folders) of the judges that are in the team by one: its formulas use their Platt scaling. */
  readonly profiles: readonly string[];
  /** What is fitted. */
  readonly combine: LearnedCombination;
  /** The first so many by kappa; null = as many as there are, at most three. */
  readonly judges: number | null;
  readonly folds: number;
  readonly seed: number;
  readonly out: string;
}

/**
 * Fits a combination of judges to verdicts on labelled candidates and writes it to a file that a team names. Judges are put in the
 * order of their kappa on these candidates; what is fitted is measured on tasks that were left out of fitting.
 *
 * @throws {CodejuryError} as readProfile, collectPanel and matchProfiles; `usage` for more judges than there are, or when there is nothing to fit to.
 * @see arXiv 2602.11911, ensembles
 */
export async function runEnsembleFit(options: EnsembleFitOptions): Promise<EnsembleResult> {
  const { combine, folds, seed, out } = options;
  const found = await Promise.all(options.profiles.map((path) => readProfile(resolve(path))));
  const { candidates, judges, withoutLabel, byNumber, correctBelowHalf } = await collectPanel(
    options.verdicts,
    options.labels,
    options.split,
  );
  const { profiles, notices } = matchProfiles(found, judges);
  const ordered = [...judges.keys()]
    .map((name) => {
      const { path = null, profile = null } = profiles.get(name) ?? {};
      return { name, kappa: kappaOf(candidates, name), profile: path, platt: profile?.platt ?? null };
    })
    .sort((a, b) => (b.kappa ?? -2) - (a.kappa ?? -2) || (a.name < b.name ? -1 : 1));
  const most = Math.min(MOST_JUDGES, ordered.length);
  const used = options.judges ?? most;
  if (used > most) {
    throw new CodejuryError('usage', `--judges: expected at most ${most}, received ${used}`, {
      hint: `there are verdicts of ${[...judges.keys()].join(', ')}`,
    });
  }
  const rows: EnsembleRow[] = [];
  let chosen: { fitted: FittedCombiner; metrics: JudgeMetrics } | null = null;
  for (let count = 1; count <= most; count++) {
    const names = ordered.slice(0, count).map(({ name }) => name);
    const calibrated = names.map((name) => ({
      name,
      calibration: profiles.get(name)?.profile ?? UNCALIBRATED,
    }));
    for (const combination of combinationSchema.options) {
      if (isFormula(combination)) {
        rows.push(rowOf(count, combination, measureFormula(candidates, calibrated, combination)));
        continue;
      }
      const measured = measureFitted(candidates, names, combination, { folds, seed });
      if (measured === null) continue;
      rows.push(rowOf(count, combination, measured.metrics));
      if (count === used && combination === combine) chosen = measured;
    }
  }
  if (chosen === null) {
    throw new CodejuryError('usage', 'nothing to fit to: too few tasks, or all candidates are alike', {
      hint: 'expected correct and wrong candidates of several tasks in every fold',
    });
  }
  const taskCount = new Set(candidates.map(({ taskId }) => taskId)).size;
  const groupCount = new Set(candidates.map(({ group }) => group)).size;
  const combiner: Combiner = {
    judges: ordered.slice(0, used).map(({ name }) => name),
    identities: ordered.slice(0, used).map(({ name }) => judges.get(name) ?? null),
    kappas: ordered.slice(0, used).map(({ kappa }) => kappa),
    model: chosen.fitted.model,
    fitted: {
      candidates: candidates.length,
      tasks: taskCount,
      folds: Math.min(folds, groupCount),
      seed,
      settings: { ...chosen.fitted.settings },
      metrics: { ...chosen.metrics },
    },
  };
  await writeFileAtomically(out, `${JSON.stringify(combiner)}\n`);
  return {
    judges: ordered,
    candidates: candidates.length,
    tasks: taskCount,
    withoutLabel,
    rows,
    combine,
    usedJudges: combiner.judges,
    notices: [
      ...notices,
      ...headNotices(profiles),
      ...(byNumber === 0 ? [] : [byNumberNotice(byNumber)]),
      ...(correctBelowHalf === 0 ? [] : [belowHalfNotice(correctBelowHalf)]),
    ],
    out,
  };
}

/** Of judges that a head was trained for, which learned more from validation than the two numbers of a calibration. */
function headNotices(profiles: MatchedProfiles['profiles']): string[] {
  const byHead = [...profiles].filter(
    ([, { profile }]) =>
      profile.method === 'probe' && profile.training !== null && profile.training.method !== 'probe',
  );
  return byHead.map(
    ([name]) =>
      `${name}: epoch, level, threshold and second level of its head were fitted to validation candidates; where these are the same, its kappa and all it is part of here flatter it`,
  );
}

/** For people who write a flag. */
export const learnedCombinations = learnedCombinationSchema.options;

/** Of the judge's own labels; invalid verdicts count for nothing. */
function kappaOf(candidates: readonly PanelCandidate[], judge: string): number | null {
  return cohenKappa(
    confusionMatrix(
      candidates.map(({ truth, verdicts }) => ({ truth, label: verdicts.get(judge)?.label ?? null })),
    ),
  );
}

function measureFormula(
  candidates: readonly PanelCandidate[],
  judges: readonly { readonly name: string; readonly calibration: JudgeCalibration }[],
  combine: FormulaCombination,
): JudgeMetrics {
  const combined = combineByFormula({ combine, ...TEAM_DEFAULTS }, judges);
  const verdictsOn = ({ verdicts }: PanelCandidate): ScoredVerdict[] =>
    judges.map(({ name }) => verdicts.get(name) ?? { judge: name, ...NO_ANSWER });
  return measure(
    candidates,
    candidates.map((candidate) => combined(verdictsOn(candidate))),
  );
}

function measureFitted(
  candidates: readonly PanelCandidate[],
  names: readonly string[],
  kind: LearnedCombination,
  options: { readonly folds: number; readonly seed: number },
): { fitted: FittedCombiner; metrics: JudgeMetrics } | null {
  const rowAt: (number | null)[] = [];
  const rows: CombinerRow[] = [];
  for (const { group, truth, verdicts } of candidates) {
    const inputs = combinerInputs(names.map((name) => verdicts.get(name) ?? null));
    rowAt.push(inputs === null ? null : rows.length);
    if (inputs !== null) rows.push({ taskId: group, inputs, target: truth });
  }
  const fitted = fitCombiner(kind, rows, options);
  if (fitted === null) return null;
  const predictions = rowAt.map((row) => (row === null ? null : (fitted.outOfFold[row] ?? null)));
  return { fitted, metrics: measure(candidates, predictions) };
}

/** Probabilities above one half say "correct". */
function measure(
  candidates: readonly PanelCandidate[],
  probabilities: readonly (number | null)[],
): JudgeMetrics {
  return measureJudge(
    candidates.map(({ taskId, truth }, index) => {
      const probability = probabilities[index] ?? null;
      return {
        taskId,
        truth,
        label: probability === null ? null : probability > 0.5 ? 1 : 0,
        score: probability,
        probabilityCorrect: probability,
        confidence: probability === null ? null : Math.max(probability, 1 - probability),
      };
    }),
  );
}

function rowOf(judges: number, combination: Combination, metrics: JudgeMetrics): EnsembleRow {
  const { kappa, f1, aucWithinTask, brier } = metrics;
  return { judges, combination, kappa, f1, aucWithinTask, brier };
}
