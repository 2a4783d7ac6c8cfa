import { dirname, join } from 'node:path';
import type { StudyJudge, StudyWriter } from '../../contracts/study-config.ts';
import { runJudgeMany } from '../judge-many/run-judge-many.ts';
import { readProfile } from '../read-profile.ts';
import { readTeam, resolveFrom, type TeamSource } from '../read-team.ts';
import { inputDigest, modelDigest } from './input-digests.ts';
import type { Stage } from './stage.ts';
import { STUDY_FILES, type StudyRun } from './study-run.ts';

/** What all judges say of the candidates of one generator. */
export function verdictStage(study: StudyRun, { name }: StudyWriter): Stage {
  const { config, out } = study;
  const file = STUDY_FILES.verdicts(name);
  return {
    id: `verdicts-${name}`,
    title: `verdicts on the candidates of ${name}`,
    needs: ['tasks', `samples-${name}`],
    uses: ['model'],
    files: [file],
    inputs: async () =>
      Object.fromEntries(
        await Promise.all(
          config.judges.map(async (judge) => [judge.name, await judgeInputs(judge, study)] as const),
        ),
      ),
    run: async ({ signal, onProgress, onNotice }) => {
      const { judges, candidates, rejectedLines, notices } = await runJudgeMany({
        ...study,
        tasks: join(out, STUDY_FILES.tasks),
        candidates: join(out, STUDY_FILES.samples(name)),
        out: join(out, file),
        teamFile: null,
        overrides: {},
        team: await judgesOf(study),
        useCache: true,
        signal,
        onProgress: ({ kind, ...progress }) => {
          if ('done' in progress) onProgress({ what: kind, ...progress });
        },
        onNotice,
      });
      return { judges, candidates, rejectedLines, notices };
    },
  };
}

/** The judges of a study as a team. */
export async function judgesOf({ config, folder, languages }: StudyRun): Promise<TeamSource> {
  const judges = config.judges.map(({ setting: _setting, ...judge }) => judge);
  const team = await readTeam(null, {
    team: { judges: judges.map((judge) => withPaths(judge, folder)) },
  });
  return { config: { ...team.config, languages: [...languages] }, folder };
}

/** A profile is looked for before it is opened, from the working folder on. */
function withPaths<T extends Pick<StudyJudge, 'profile'>>(judge: T, folder: string): T {
  return judge.profile === null ? judge : { ...judge, profile: resolveFrom(folder, judge.profile) };
}

async function judgeInputs({ setting: _setting, ...judge }: StudyJudge, study: StudyRun): Promise<unknown> {
  const { folder } = study;
  if (judge.profile === null) {
    return {
      judge,
      model: await modelDigest(judge.model ?? '', study),
      adapter: judge.adapter === null ? null : await inputDigest(judge.adapter, folder),
      examples:
        judge.examples === null ? null : await inputDigest(join(judge.examples, 'data-card.json'), folder),
    };
  }
  // A profile names the digests of everything it is made of.
  const { path, profile } = await readProfile(resolveFrom(folder, judge.profile));
  return {
    judge: { ...judge, profile: null },
    profile: { ...profile, metrics: null },
    at: await modelDigest(profile.model, { ...study, folder: dirname(path) }),
  };
}
