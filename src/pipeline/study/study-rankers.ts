import { stat } from 'node:fs/promises';
import { hashJson } from '../../util/hash.ts';
import { isBundled, readProfile } from '../read-profile.ts';
import { resolveFrom } from '../read-team.ts';
import { inputDigest } from './input-digests.ts';

/** A ranker of a study. */
export interface StudyRanker {
  /** As the config has it: what tables call it, the same on every machine. */
  readonly name: string;
  /** As `rank` takes it. */
  readonly text: string;
  /** The hash of the file or folder that it names; null = it names none. */
  readonly digest: string | null;
}

/**
 * The rankers with what stands after their colon (scores, a profile, a team file) taken from the study's folder on; what is neither there
 * nor a judge that comes with the package is the name of a model.
 *
 * @throws {CodejuryError} `not-found` for scores that are not there; as readProfile.
 */
export function studyRankers(rankers: readonly string[], folder: string): Promise<readonly StudyRanker[]> {
  return Promise.all(
    rankers.map(async (ranker) => {
      const [, name, argument] = /^([^:]+):(.+)$/s.exec(ranker) ?? [];
      if (name === undefined || argument === undefined) return { name: ranker, text: ranker, digest: null };
      if (isBundled(argument)) {
        const digest = hashJson((await readProfile(argument)).profile);
        return { name: ranker, text: ranker, digest };
      }
      const path = resolveFrom(folder, argument);
      const isThere = (await stat(path).catch(() => null)) !== null;
      return isThere || name === 'scores'
        ? { name: ranker, text: `${name}:${path}`, digest: await inputDigest(path, folder) }
        : { name: ranker, text: ranker, digest: null };
    }),
  );
}
