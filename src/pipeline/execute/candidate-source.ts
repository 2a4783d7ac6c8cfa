import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { CodejuryError } from '../../errors.ts';
import { hashJson } from '../../util/hash.ts';
import type { ModelEvents } from '../open-model.ts';
import { readTeam, type TeamSource } from '../read-team.ts';

/** Candidates in files or folders of files, read one after the other. */
export interface SampleFiles {
  readonly kind: 'samples';
  readonly paths: readonly string[];
}

/** Candidates that models write for the tasks; what is on record of an earlier run or of `solve` is not written again. */
export interface Generators extends ModelEvents {
  readonly kind: 'generators';
  /** Only their generators count, and the languages they describe. */
  readonly teams: readonly TeamSource[];
  readonly seed: number;
  readonly offline: boolean;
}

export type CandidateSource = SampleFiles | Generators;

export interface SourceRequest extends ModelEvents {
  readonly samples: readonly string[] | undefined;
  /** Models, or team files (by their ending), whose generator is meant. */
  readonly generators: readonly string[] | undefined;
  /** Samples for a task of each generator; null = as its team says. */
  readonly count: number | null;
  readonly seed: number;
  readonly offline: boolean;
}

/** @throws {CodejuryError} `usage` unless exactly one of samples and generators is named; and as readTeam. */
export async function readSource(request: SourceRequest): Promise<CandidateSource> {
  const { samples, generators, count, ...rest } = request;
  if ((samples === undefined) === (generators === undefined)) {
    throw new CodejuryError('usage', 'expected either --samples FILE or --generator MODEL', {
      hint: '--samples reads candidates, --generator lets a model write them',
    });
  }
  if (samples !== undefined) {
    if (count !== null) throw new CodejuryError('usage', '--count: expected only with --generator');
    return { kind: 'samples', paths: samples };
  }
  const amount = count === null ? {} : { samples: count };
  const teams = (generators ?? []).map((name) =>
    /\.(?:ya?ml|json)$/i.test(name)
      ? readTeam(name, { team: { generator: amount } })
      : readTeam(null, { team: { generator: { model: name, ...amount } } }),
  );
  return { kind: 'generators', teams: await Promise.all(teams), ...rest };
}

/** These languages and those that a source describes itself, one of each id: the first. */
export function withSourceLanguages(
  languages: readonly CustomLanguage[],
  source: CandidateSource,
): readonly CustomLanguage[] {
  const more = source.kind === 'samples' ? [] : source.teams.flatMap(({ config }) => config.languages);
  const byId = Map.groupBy([...languages, ...more], ({ id }) => id);
  return [...byId.values()].flatMap(([first]) => first ?? []);
}

/** The hash of everything that decides what generators write. */
export function generatorsDigest({ teams, seed }: Generators): string {
  return hashJson({ generators: teams.map(({ config }) => config.generator), seed });
}
