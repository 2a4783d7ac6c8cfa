import { join } from 'node:path';
import { type ExecutedCandidate, executedCandidateSchema } from '../../contracts/executed-candidate.ts';
import type { Gpu } from '../../contracts/gpu.ts';
import type { JudgeManyResult } from '../../contracts/judge-many-result.ts';
import type { StudyWriter } from '../../contracts/study-config.ts';
import type { StudyEvaluation } from '../../contracts/study-evaluation.ts';
import type {
  ExplorerCandidate,
  ExplorerTask,
  MeasuredSeconds,
  StudyGeneratorReport,
  StudyJudgeFacts,
  StudyReport,
  StudyTimes,
  StudyWriterFacts,
} from '../../contracts/study-report.ts';
import type { Task } from '../../contracts/task.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { hashJson } from '../../util/hash.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { packageVersion } from '../package-version.ts';
import { readProfile } from '../read-profile.ts';
import { resolveFrom } from '../read-team.ts';
import { studyCosts } from './costs/study-costs.ts';
import type { Stage, StageRecord } from './stage.ts';
import { studyOverlaps } from './study-overlaps.ts';
import { studyRankers } from './study-rankers.ts';
import { readRates } from './study-rates.ts';
import { STUDY_FILES, type StudyRun } from './study-run.ts';
import { knownJudges, studyTeams } from './study-teams.ts';
import { readStudyTasks } from './task-stage.ts';
import { readVerdictBook } from './verdict-book.ts';

type Records = ReadonlyMap<string, StageRecord>;

/** Puts together what the stages of a finished study left. */
export async function assembleReport(
  study: StudyRun,
  records: Records,
  gpus: readonly Gpu[],
): Promise<StudyReport> {
  const { config } = study;
  const tasks = await readStudyTasks(study);
  const teams = studyTeams(study, await knownJudges(study)).map(({ name, judges }) => ({
    name,
    judges: judges.map(({ judge }) => judge.name),
  }));
  const generators = config.generators.map(({ name }) => ({
    name,
    choices: resultOf<StudyGeneratorReport['choices']>(records, `choices-${name}`),
    evaluation: resultOf<StudyEvaluation>(records, `evaluation-${name}`),
  }));
  return {
    format: 1,
    name: config.name,
    made: {
      codejury: await packageVersion(),
      configDigest: hashJson(config),
      files: Object.fromEntries([...records.values()].flatMap(({ files }) => Object.entries(files)).sort()),
      rankers: Object.fromEntries(
        (await studyRankers(config.rankers, study.folder)).flatMap(({ name, digest }) =>
          digest === null ? [] : [[name, digest]],
        ),
      ),
    },
    config,
    tasks: {
      count: tasks.length,
      languages: countBy(tasks, ({ language }) => language).map(([language, count]) => ({
        language,
        tasks: count,
      })),
      benchmarks: countBy(tasks, ({ benchmark }) => benchmark).map(([benchmark, count]) => ({
        benchmark,
        tasks: count,
      })),
    },
    writers: [
      ...config.generators.map((writer) => writerFacts(writer, 'generator', records)),
      ...config.largeModels.map((writer) => writerFacts(writer, 'large', records)),
    ],
    judges: await judgeFacts(study, records),
    teams,
    overlaps: await studyOverlaps(study, { teams, tasks }),
    generators,
    costs: await studyCosts(study, { config, teams, generators }, { gpus, tasks }),
  };
}

export async function studyTimes(
  { config, out }: StudyRun,
  stages: readonly Stage[],
  records: Records,
): Promise<StudyTimes> {
  const rates = await readRates(out, stages);
  const secondsPerSample = (writer: string) => {
    const work = rates.get(`samples-${writer}`)?.work.generating;
    return work === undefined ? null : work.seconds / work.done;
  };
  return {
    stages: stages.map(({ id, title }) => ({
      id,
      title,
      seconds: (records.get(id)?.durationMs ?? 0) / 1000,
    })),
    measured: [
      ...config.generators.map(({ name }) => ({
        ...{ writer: name, kind: 'generator' as const, perSample: secondsPerSample(name) },
        judgements: judgementSeconds(config, records.get(`verdicts-${name}`)),
      })),
      ...config.largeModels.map(({ name }) => ({
        ...{ writer: name, kind: 'large' as const, perSample: secondsPerSample(name), judgements: [] },
      })),
    ],
  };
}

/** In a record of an earlier version there is none. */
function judgementSeconds(
  { judges }: StudyRun['config'],
  record: StageRecord | undefined,
): MeasuredSeconds['judgements'] {
  const asked = (record?.result as Pick<JudgeManyResult, 'judges'> | undefined)?.judges;
  return judges.map(({ name }, index) => ({
    judge: name,
    seconds: asked?.[index]?.secondsPerAnswer ?? null,
  }));
}

/** All candidates of all generators, by task. */
export async function explorerTasks(study: StudyRun): Promise<readonly ExplorerTask[]> {
  const { config, out } = study;
  const byTask = new Map<string, ExplorerCandidate[]>();
  for (const { name } of config.generators) {
    const book =
      config.judges.length === 0 ? new Map() : await readVerdictBook(join(out, STUDY_FILES.verdicts(name)));
    const path = join(out, STUDY_FILES.samples(name));
    for await (const { value, line } of readJsonRecords(path)) {
      const candidate: ExecutedCandidate = parseStrict(executedCandidateSchema, value, `${path}:${line}`);
      const given = book.get(candidate.samples[0] ?? -1);
      const ofTask = byTask.get(candidate.taskId) ?? [];
      byTask.set(candidate.taskId, ofTask);
      ofTask.push({
        id: candidate.candidateId,
        generator: name,
        code: candidate.code,
        samples: candidate.samples.length,
        rejected: candidate.rejected?.reason ?? null,
        outcome: candidate.outcome,
        feedback: candidate.feedback,
        verdicts: config.judges.flatMap(({ name: judge }) => {
          const verdict = given?.get(judge);
          return verdict === undefined
            ? []
            : [{ judge, label: verdict.label, probabilityCorrect: verdict.probabilityCorrect }];
        }),
      });
    }
  }
  return (await readStudyTasks(study)).map(({ id, language, description, signature, canonical }) => ({
    ...{ id, language, description, signature, canonical },
    candidates: byTask.get(id) ?? [],
  }));
}

function writerFacts(
  { name, model, pool }: StudyWriter,
  kind: StudyWriterFacts['kind'],
  records: Records,
): StudyWriterFacts {
  return { name, kind, model, pool, written: resultOf(records, `samples-${name}`) };
}

async function judgeFacts({ config, folder }: StudyRun, records: Records): Promise<StudyJudgeFacts[]> {
  const [first] = config.generators;
  if (config.judges.length === 0 || first === undefined) return [];
  const { judges } = resultOf<Pick<JudgeManyResult, 'judges'>>(records, `verdicts-${first.name}`);
  return Promise.all(
    config.judges.map(async (judge, index): Promise<StudyJudgeFacts> => {
      const asked = judges[index];
      if (asked === undefined) throw new Error(`no record of the judge ${judge.name}`);
      const found =
        judge.profile === null ? null : (await readProfile(resolveFrom(folder, judge.profile))).profile;
      return {
        name: judge.name,
        setting: judge.setting ?? settingOf(asked.method, found !== null, found?.adapter ?? null),
        method: asked.method,
        model: asked.model,
        digest: asked.digest,
        template: asked.template,
        profile:
          found === null
            ? null
            : {
                kappa: found.metrics?.kappa ?? null,
                trainedOn: found.trainedOn ?? null,
                trainingRows: found.training?.rows ?? null,
              },
      };
    }),
  );
}

/** A probe beside an adapter that was trained for it is fine-tuned. */
function settingOf(
  method: StudyJudgeFacts['method'],
  hasProfile: boolean,
  adapter: string | null,
): StudyJudgeFacts['setting'] {
  if (method === 'few-shot' || method === 'zero-shot')
    return hasProfile && adapter !== null ? 'fine-tuned' : method;
  if (method === 'probe') return adapter === null ? 'probe' : 'fine-tuned';
  return hasProfile ? 'fine-tuned' : 'other';
}

function resultOf<T>(records: Records, id: string): T {
  const record = records.get(id);
  if (record === undefined) throw new Error(`no record of ${id}`);
  return record.result as T;
}

function countBy(tasks: readonly Task[], of: (task: Task) => string): [string, number][] {
  return [...Map.groupBy(tasks, of)].map(([key, group]): [string, number] => [key, group.length]).sort();
}
