import { join } from 'node:path';
import type { StudyWriter } from '../../contracts/study-config.ts';
import { packageVersion } from '../package-version.ts';
import { runRank } from '../rank/run-rank.ts';
import { readTeam, resolveFrom } from '../read-team.ts';
import { inputDigest, modelDigest } from './input-digests.ts';
import type { Stage } from './stage.ts';
import { studyRankers } from './study-rankers.ts';
import { STUDY_FILES, type StudyRun } from './study-run.ts';
import { knownJudges } from './study-teams.ts';
import { openTeamRankers } from './team-rankers.ts';

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
      const { candidates, repetitions, seed, resamples, dedupe, teams, limits, train } = config;
      return {
        ...{ candidates, repetitions, seed, resamples, dedupe, teams, limits, writer },
        calibrations: (await knownJudges(study)).map(
          ({ calibration: { platt, confidenceBounds }, kappa }) => [platt, confidenceBounds, kappa],
        ),
        model: model === null ? null : await modelDigest(model, study),
        train: train === null ? null : await inputDigest(join(train, 'data-card.json'), folder),
        rankers: config.rankers,
        named: (await studyRankers(config.rankers, folder)).map(({ digest }) => digest),
        codejury: await packageVersion(),
      };
    },
    run: async ({ signal, onProgress }) => {
      const rankers = await studyRankers(config.rankers, folder);
      const samples = join(out, STUDY_FILES.samples(name));
      const { out: _path, ...result } = await runRank({
        ...study,
        tasks: join(out, STUDY_FILES.tasks),
        samples,
        labels: samples,
        rankers: rankers.map(({ text }) => text),
        shownAs: new Map(rankers.map((ranker) => [ranker.text, ranker.name])),
        scores: null,
        teamFile: null,
        overrides: { team: { judges: [] } },
        generator: model === null ? null : await generatorOf(writer, study),
        scored: await openTeamRankers(study, name),
        train: config.train === null ? null : resolveFrom(folder, config.train),
        testSamples: TEST_SAMPLES,
        sizes: config.candidates,
        repetitions: config.repetitions,
        seed: config.seed,
        resamples: config.resamples,
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

async function generatorOf({ name: _name, pool: _pool, ...generator }: StudyWriter, { folder }: StudyRun) {
  return { ...(await readTeam(null, { team: { generator } })), folder };
}
