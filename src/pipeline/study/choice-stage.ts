import { join } from 'node:path';
import type { StudyWriter } from '../../contracts/study-config.ts';
import type { Ranker } from '../../select/ranker.ts';
import { combineByFormula } from '../open-combiner.ts';
import { runRank } from '../rank/run-rank.ts';
import { readTeam, resolveFrom } from '../read-team.ts';
import { inputDigest, modelDigest } from './input-digests.ts';
import type { Stage } from './stage.ts';
import { STUDY_FILES, type StudyRun } from './study-run.ts';
import { knownJudges, type StudyTeam, studyTeams } from './study-teams.ts';
import { teamRanker } from './team-ranker.ts';
import { readVerdictBook, type VerdictBook } from './verdict-book.ts';

/** What teams and rankers choose among the candidates of one generator. */
export function choiceStage(study: StudyRun, writer: StudyWriter): Stage {
  const { config, folder, out } = study;
  const { name, model } = writer;
  const file = STUDY_FILES.selections(name);
  const hasJudges = config.judges.length > 0;
  return {
    id: `choices-${name}`,
    title: `choices among the candidates of ${name}`,
    needs: ['tasks', `samples-${name}`, ...(hasJudges ? [`verdicts-${name}`] : [])],
    uses: ['model', 'sandbox'],
    files: [file],
    inputs: async () => {
      const { rankers, candidates, repetitions, seed, dedupe, teams, limits, train } = config;
      return {
        ...{ rankers, candidates, repetitions, seed, dedupe, teams, limits, writer },
        calibrations: (await knownJudges(study)).map(
          ({ calibration: { platt, confidenceBounds }, kappa }) => [platt, confidenceBounds, kappa],
        ),
        model: model === null ? null : await modelDigest(model, study),
        train: train === null ? null : await inputDigest(join(train, 'data-card.json'), folder),
        scores: await Promise.all(scoreFiles(rankers).map((path) => inputDigest(path, folder))),
      };
    },
    run: async ({ signal, onProgress }) => {
      const samples = join(out, STUDY_FILES.samples(name));
      const book = hasJudges ? await readVerdictBook(join(out, STUDY_FILES.verdicts(name))) : new Map();
      const { out: _path, ...result } = await runRank({
        ...study,
        tasks: join(out, STUDY_FILES.tasks),
        samples,
        labels: samples,
        rankers: config.rankers.map((ranker) => withPath(ranker, folder)),
        scores: null,
        teamFile: null,
        overrides: { team: { judges: [] } },
        generator: model === null ? null : await generatorOf(writer, study),
        scored: studyTeams(study, await knownJudges(study)).map((team) => rankerOf(team, book, study)),
        train: config.train === null ? null : resolveFrom(folder, config.train),
        testSamples: TEST_SAMPLES,
        sizes: config.candidates,
        repetitions: config.repetitions,
        seed: config.seed,
        maxTasks: null,
        dedupe: config.dedupe,
        limits: config.limits,
        useCache: true,
        out: join(out, file),
        signal,
        onProgress: (what, done, total) => onProgress({ what, done, total }),
      });
      return result;
    },
  };
}

/** Samples of generated tests, as many as `rank` takes. */
const TEST_SAMPLES = 10;

function rankerOf({ name, judges }: StudyTeam, book: VerdictBook, { config }: StudyRun): Ranker {
  const combine = combineByFormula(
    config.teams,
    judges.map(({ judge, calibration }) => ({ name: judge.name, calibration })),
  );
  const how = `probability by ${judges.map(({ judge }) => judge.name).join(' + ')}${judges.length > 1 ? `, ${config.teams.combine}` : ''}`;
  const verdictsOf = (sample: number) => {
    const given = book.get(sample);
    return given === undefined ? null : judges.flatMap(({ judge }) => given.get(judge.name) ?? []);
  };
  return teamRanker(name, how, verdictsOf, combine);
}

async function generatorOf({ name: _name, pool: _pool, ...generator }: StudyWriter, { folder }: StudyRun) {
  return { ...(await readTeam(null, { team: { generator } })), folder };
}

const WITH_FILE = /^(scores):(.+)$/s;

function scoreFiles(rankers: readonly string[]): string[] {
  return rankers.flatMap((ranker) => WITH_FILE.exec(ranker)?.[2] ?? []);
}

/** `scores:FILE` and `judge:NAME` with their paths from the study's folder on. */
function withPath(ranker: string, folder: string): string {
  return ranker.replace(
    WITH_FILE,
    (_whole, name: string, path: string) => `${name}:${resolveFrom(folder, path)}`,
  );
}
