import { join } from 'node:path';
import { executedCandidateSchema } from '../../contracts/executed-candidate.ts';
import type { JudgedLine, JudgeManyResult } from '../../contracts/judge-many-result.ts';
import type { StudyWriter } from '../../contracts/study-config.ts';
import type { StudyEvaluation } from '../../contracts/study-evaluation.ts';
import { judgeAgreement } from '../../evaluate/judge-agreement.ts';
import { type JudgedOutcome, judgeErrors } from '../../evaluate/judge-errors.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { createTaskIndex } from '../../tasks/task-index.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { groupProblems } from '../../util/problem-groups.ts';
import { readSelections } from '../evaluate/read-selections.ts';
import { readTruth } from '../evaluate/read-truth.ts';
import { runEvaluate } from '../evaluate/run-evaluate.ts';
import { runEvaluateSelections } from '../evaluate/run-evaluate-selections.ts';
import { openTasks } from '../open-tasks.ts';
import { packageVersion } from '../package-version.ts';
import { drawPool } from '../rank/draw-pools.ts';
import { labelsOf } from '../rank/label-book.ts';
import { readPools } from '../rank/read-pools.ts';
import { resolveFrom } from '../read-team.ts';
import { compareWithLarge, singlePassAt1 } from './compare-with-large.ts';
import { answerOf, readSingleAnswers, type SingleAnswers } from './large-answers.ts';
import { measureGate } from './measure-gate.ts';
import { measureReplays } from './measure-replays.ts';
import { type LabelledDraws, replayDraws } from './replay-draws.ts';
import { readStageRecord, type Stage, type StageRun } from './stage.ts';
import { STUDY_FILES, type StudyRun } from './study-run.ts';
import { knownJudges } from './study-teams.ts';
import { openTeamRankers } from './team-rankers.ts';
import { readVerdictBook } from './verdict-book.ts';

/** Everything that is measured of the candidates of one generator; no model is asked. */
export function evaluationStage(study: StudyRun, { name }: StudyWriter): Stage {
  const { config } = study;
  const hasJudges = config.judges.length > 0;
  return {
    id: `evaluation-${name}`,
    title: `statistics of ${name}`,
    needs: [
      ...['tasks', `samples-${name}`, `choices-${name}`],
      ...(hasJudges ? [`verdicts-${name}`] : []),
      ...config.largeModels.map((large) => `samples-${large.name}`),
    ],
    uses: [],
    files: [],
    inputs: async () => {
      const { seed, resamples, candidates, repetitions, teams, dedupe } = config;
      return {
        codejury: await packageVersion(),
        seed,
        resamples,
        candidates,
        repetitions,
        teams,
        dedupe,
        known: (await knownJudges(study)).map(({ calibration, kappa }) => [
          calibration.platt,
          calibration.confidenceBounds,
          kappa,
        ]),
      };
    },
    run: (run) => evaluate(study, name, run),
  };
}

async function evaluate(
  study: StudyRun,
  name: string,
  { signal, onProgress }: StageRun,
): Promise<StudyEvaluation> {
  const { config, folder, out } = study;
  const { seed, resamples } = config;
  const statistics = {
    seed,
    resamples,
    signal,
    onProgress: (what: string) => onProgress({ what, done: 0, total: null }),
  };
  const labels = join(out, STUDY_FILES.samples(name));
  const hasJudges = config.judges.length > 0;
  const isJudged = hasJudges && (await readVerdictBook(join(out, STUDY_FILES.verdicts(name)))).size > 0;
  const answering = isJudged ? await answeringJudges(out, name) : [];
  // A weak writer may have left nothing that could be judged.
  const judged = isJudged
    ? await runEvaluate({
        ...statistics,
        verdicts: [join(out, STUDY_FILES.verdicts(name))],
        ...{ labels, split: null, calibrate: false },
        profiles: config.judges.flatMap(({ profile }) =>
          profile === null ? [] : [resolveFrom(folder, profile)],
        ),
        compare: answering.length > 1 ? answering : null,
      })
    : null;
  const selections = join(out, STUDY_FILES.selections(name));
  const choices = await runEvaluateSelections({
    ...statistics,
    selections,
    ...{ labels, split: null, compare: [] },
  });
  const large = new Map<string, SingleAnswers>();
  for (const model of config.largeModels) {
    large.set(model.name, await readSingleAnswers(join(out, STUDY_FILES.samples(model.name))));
  }
  const chosen = await readSelections(selections, await readTruth(labels, null));
  return {
    judges: judged?.judges ?? [],
    judgeComparisons: judged?.comparisons ?? [],
    choiceComparisons: choices.comparisons,
    large: [...large].map(([model, answers]) => ({
      name: model,
      passAt1: singlePassAt1(answers, { seed, resamples }),
    })),
    largeComparisons: compareWithLarge(chosen, large, { seed, resamples }),
    ...(await saidOf(study, name)),
    ...(await measureDraws(study, name, large, statistics)),
    notices: [...(judged?.notices ?? []), ...choices.notices],
  };
}

/** A judge without a single valid answer is measured, and compared with nobody. */
async function answeringJudges(out: string, generator: string): Promise<readonly string[]> {
  const record = await readStageRecord(out, `verdicts-${generator}`);
  if (record === null) throw new Error(`no record of the verdicts on ${generator}`);
  const { judges } = record.result as Pick<JudgeManyResult, 'judges'>;
  return judges.filter(({ valid }) => valid > 0).map((judge) => judge.name);
}

/** What is computed draw by draw. */
async function measureDraws(
  study: StudyRun,
  name: string,
  large: ReadonlyMap<string, SingleAnswers>,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (what: string) => void },
): Promise<Pick<StudyEvaluation, 'gate' | 'replays'>> {
  const { config, env, languages, out } = study;
  const { candidates, repetitions, seed, resamples, dedupe } = config;
  const teams = await openTeamRankers(study, name);
  onProgress('reading the draws');
  const tasks = createTaskIndex(await Array.fromAsync(openTasks(join(out, STUDY_FILES.tasks), { env })));
  const samples = join(out, STUDY_FILES.samples(name));
  const { pools, given } = await readPools({ samples, tasks, languages, dedupe, maxTasks: null, signal });
  const labelled = pools.flatMap((pool): LabelledDraws[] => {
    const labels = labelsOf(pool, given);
    return labels === null
      ? []
      : [{ drawn: drawPool(pool, { sizes: candidates, repetitions, seed }), labels }];
  });
  const n = Math.max(...candidates);
  const problems = groupProblems(tasks.tasks).of;
  const answers = new Map(
    [...large].map(([model, known]) => [
      model,
      (taskId: string, repetition: number) => answerOf(known, taskId, repetition),
    ]),
  );
  const replays: StudyEvaluation['replays'][number][] = [];
  for (const team of teams) {
    onProgress(`replaying ${team.name}`);
    const draws = await replayDraws(labelled, team, n);
    replays.push(measureReplays(draws, { team: team.name, n, resamples, seed, problems, large: answers }));
  }
  const broken = await readBrokenSamples(samples);
  const gate = await measureGate(labelled, teams, (sample) => !broken.has(sample), n, { seed, resamples });
  return { gate, replays };
}

/** Numbers of the samples that do not compile. */
async function readBrokenSamples(path: string): Promise<ReadonlySet<number>> {
  const broken = new Set<number>();
  for await (const { value, line } of readJsonRecords(path)) {
    const { outcome, samples } = parseStrict(executedCandidateSchema, value, `${path}:${line}`);
    if (outcome === 'compile-error') for (const sample of samples) broken.add(sample);
  }
  return broken;
}

/** What judges say side by side, and of which failures. */
async function saidOf(
  { config, out }: StudyRun,
  name: string,
): Promise<Pick<StudyEvaluation, 'agreement' | 'errors'>> {
  const judges = config.judges.map((judge) => judge.name);
  if (judges.length === 0) return { agreement: [], errors: [] };
  const book = await readVerdictBook(join(out, STUDY_FILES.verdicts(name)));
  const labelsIn = (given: ReadonlyMap<string, JudgedLine> | undefined) =>
    judges.map((judge) => given?.get(judge)?.label ?? null);
  const candidates: JudgedOutcome[] = [];
  const path = join(out, STUDY_FILES.samples(name));
  for await (const { value, line } of readJsonRecords(path)) {
    const { outcome, feedback, samples } = parseStrict(executedCandidateSchema, value, `${path}:${line}`);
    if (outcome === null) continue;
    candidates.push({ outcome, kind: feedback?.kind ?? null, labels: labelsIn(book.get(samples[0] ?? -1)) });
  }
  return {
    agreement: judges.length < 2 ? [] : judgeAgreement(judges, book.values().map(labelsIn)),
    errors: judgeErrors(judges, candidates),
  };
}
