import { CodejuryError } from '../errors.ts';

/**
 * The `profile.json` of each judge that is named by its folder or by that file.
 *
 * @throws {CodejuryError} `not-found` where there is none.
 */
export async function judgeProfiles(paths: readonly string[]): Promise<string[]> {
  const { profilePath } = await import('../pipeline/rank/read-judges.ts');
  return Promise.all(
    paths.map(async (path) => {
      const file = await profilePath(path);
      if (/\.json$/i.test(file)) return file;
      throw new CodejuryError('not-found', `--profile: there is no judge ${path}`, {
        hint: 'a judge is a folder with a profile.json; a model that was not trained is named with --judge',
      });
    }),
  );
}
