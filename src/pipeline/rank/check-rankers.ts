import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { type RankerName, rankerNameSchema } from '../../contracts/ranker-name.ts';
import { CodejuryError } from '../../errors.ts';
import { findLanguage } from '../../lang/find-language.ts';
import type { RankedTask } from '../../select/ranker.ts';
import type { RankerSpec } from './ranker-spec.ts';

/** What decides whether a ranker can run. */
export interface RankerNeeds {
  readonly scores: string | null;
  readonly train: string | null;
  readonly tasks: readonly RankedTask[];
  readonly languages: readonly CustomLanguage[];
}

interface Lack {
  readonly needs: string;
  readonly hint: string;
}

/** The rankers that `all` means, which lack nothing, and for people why others are left out. */
export function availableRankers(needs: RankerNeeds): {
  readonly names: readonly RankerName[];
  readonly leftOut: readonly string[];
} {
  const found = rankerNameSchema.options.map((name) => ({ name, lack: lackOf(name, needs) }));
  return {
    names: found.flatMap(({ name, lack }) => (lack === null ? [name] : [])),
    leftOut: found.flatMap(({ name, lack }) =>
      // Scores are somebody's own: who gives none misses none.
      lack === null || name === 'scores' ? [] : [`left out of "all": ${name}, which needs ${lack.needs}`],
    ),
  };
}

/** @throws {CodejuryError} `usage` for a ranker that lacks something: before others have worked for an hour. */
export function checkRankers(specs: readonly RankerSpec[], needs: RankerNeeds): void {
  for (const { name, argument, text } of specs) {
    const lack = name === 'scores' && argument !== null ? null : lackOf(name, needs);
    if (lack !== null) {
      throw new CodejuryError('usage', `--ranker ${text} needs ${lack.needs}`, { hint: lack.hint });
    }
  }
}

function lackOf(name: RankerName, { scores, train, tasks, languages }: RankerNeeds): Lack | null {
  if (name === 'scores' && scores === null) {
    return { needs: '--scores FILE', hint: 'or name the file: --ranker scores:FILE' };
  }
  if (name === 'shallow' && train === null) {
    return { needs: '--train DATASET', hint: '`codejury dataset build` makes one' };
  }
  if (name !== 'codet' && name !== 'behaviour-clusters') return null;
  const other = tasks.find(({ id, language }) => findLanguage(language, languages, id).id !== 'python');
  return other === undefined
    ? null
    : {
        needs: `tasks in Python, and ${other.id} is in ${other.language}`,
        hint: 'tests are generated for Python alone',
      };
}
