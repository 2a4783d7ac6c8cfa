import type { TeamConfig } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import { type CombineVerdicts, openCombiner } from './open-combiner.ts';
import { type OpenJudge, openJudge } from './open-judge.ts';
import type { ModelOpener } from './open-model.ts';
import { type OpenWriter, openWriter } from './open-writer.ts';
import type { TeamSource } from './read-team.ts';

/** A team with its models in memory. The opener that opened them disposes of them. */
export interface OpenTeam {
  readonly config: TeamConfig;
  readonly writer: OpenWriter;
  readonly judges: readonly OpenJudge[];
  /** How their verdicts become one score. */
  readonly combine: CombineVerdicts;
  /** Opens the larger model only when it is needed; null when the team has none. */
  readonly openEscalation: (() => Promise<OpenWriter>) | null;
}

/**
 * Opens generator and judges of a team.
 *
 * @throws {CodejuryError} `usage` for settings that contradict each other, `not-found` or `model` for missing or wrong
 *   files, `capability` for a model that cannot do its part.
 */
export async function openTeam(source: TeamSource, opener: ModelOpener): Promise<OpenTeam> {
  const { config, folder } = source;
  const { escalateTo } = config;
  if (config.judges.length === 0 && (config.stopWhen !== null || config.minimumScore !== null)) {
    throw new CodejuryError('usage', 'stopWhen and minimumScore need at least one judge', {
      hint: 'add a judge, or remove these fields',
    });
  }
  if (escalateTo !== null && config.minimumScore === null) {
    throw new CodejuryError('usage', 'escalateTo needs minimumScore: below which score shall it be asked?', {
      hint: 'for example minimumScore: 0.5',
    });
  }
  const writer = await openWriter(config.generator, folder, opener);
  const judges = await openJudges(source, opener);
  return {
    config,
    writer,
    judges,
    combine: await openCombiner(source, judges),
    openEscalation: escalateTo === null ? null : () => openWriter(escalateTo, folder, opener),
  };
}

/** Opens the judges alone. */
export async function openJudges(source: TeamSource, opener: ModelOpener): Promise<readonly OpenJudge[]> {
  const { config, folder } = source;
  const judges: OpenJudge[] = [];
  for (const judge of config.judges) {
    judges.push(await openJudge(judge, { folder, languages: config.languages, opener }));
  }
  return uniquelyNamed(judges);
}

/** Two judges of the same name would be one column in every table. */
function uniquelyNamed(judges: readonly OpenJudge[]): readonly OpenJudge[] {
  const seen = new Map<string, number>();
  return judges.map((judge) => {
    const count = (seen.get(judge.name) ?? 0) + 1;
    seen.set(judge.name, count);
    return count === 1 ? judge : { ...judge, name: `${judge.name}#${count}` };
  });
}
