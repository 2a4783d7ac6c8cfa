import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ExecutedCandidate, executedCandidateSchema } from '../../contracts/executed-candidate.ts';
import type { StudyWriter } from '../../contracts/study-config.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import type { CandidateSource } from '../execute/candidate-source.ts';
import { runExecute } from '../execute/run-execute.ts';
import { readTeam, resolveFrom } from '../read-team.ts';
import { inputDigest, modelDigest } from './input-digests.ts';
import { writePartOfPool } from './pool-samples.ts';
import type { Stage } from './stage.ts';
import { STUDY_FILES, type StudyRun } from './study-run.ts';
import { readStudyTasks } from './task-stage.ts';

/** What a model wrote for all tasks, or a pool of samples, and what the tests say of it. */
export function sampleStage(study: StudyRun, writer: StudyWriter): Stage {
  const { config, folder, out } = study;
  const { name, pool, model } = writer;
  const file = STUDY_FILES.samples(name);
  return {
    id: `samples-${name}`,
    title: pool === null ? `candidates of ${name}, and their tests` : `tests of the candidates of ${name}`,
    needs: ['tasks'],
    uses: pool === null ? ['model', 'sandbox'] : ['sandbox'],
    files: [file],
    inputs: async () => ({
      writer,
      ...(pool === null
        ? { model: await modelDigest(model ?? '', study) }
        : { pool: await inputDigest(pool, folder) }),
      seed: config.seed,
      limits: config.limits,
    }),
    run: async ({ signal, cores, onProgress, onNotice }) => {
      const path = join(out, file);
      const {
        durationMs: _time,
        out: _path,
        executed: _new,
        reused: _old,
        ...summary
      } = await runExecute({
        ...study,
        tasks: [join(out, STUDY_FILES.tasks)],
        source: await sourceOf(writer, study),
        out: path,
        workers: () => Math.min(study.workers ?? Number.POSITIVE_INFINITY, cores()),
        resume: false,
        startLog: null,
        exclude: null,
        projectFolder: null,
        limits: config.limits,
        useCache: true,
        signal,
        onProgress: ({ phase, ...progress }) => onProgress({ what: phase, ...progress }),
        onNotice,
      });
      await withoutTimes(path);
      return summary;
    },
  };
}

async function sourceOf({ pool, ...writer }: StudyWriter, study: StudyRun): Promise<CandidateSource> {
  const { config, folder, offline } = study;
  if (pool !== null) return { kind: 'samples', paths: [await poolOf({ ...writer, pool }, study)] };
  const { name: _name, ...generator } = writer;
  const team = await readTeam(null, { team: { generator } });
  return { kind: 'generators', teams: [{ ...team, folder }], seed: config.seed, offline };
}

/** The pool, or its part where the study leaves out tasks that it has. */
async function poolOf(writer: StudyWriter & { readonly pool: string }, study: StudyRun): Promise<string> {
  if (study.config.maxTasks === null && study.config.split === null)
    return resolveFrom(study.folder, writer.pool);
  const file = join(study.out, 'pools', `${writer.name}.jsonl`);
  await mkdir(dirname(file), { recursive: true });
  const chosen = new Set((await readStudyTasks(study)).map(({ id }) => id));
  await writePartOfPool(writer, study, { chosen, file });
  return file;
}

/** What a run took is no result: the file is the same whoever made it when. */
async function withoutTimes(path: string): Promise<void> {
  const lines: string[] = [];
  for await (const { value, line } of readJsonRecords(path)) {
    const candidate: ExecutedCandidate = parseStrict(executedCandidateSchema, value, `${path}:${line}`);
    lines.push(JSON.stringify({ ...candidate, durationMs: null, attempts: 1 }));
  }
  await writeLinesAtomically(path, lines);
}
