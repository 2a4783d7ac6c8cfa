import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { codetScores } from '../../select/codet-scores.ts';
import type { Ranker } from '../../select/ranker.ts';
import type { GeneratedTests } from './generated-tests.ts';
import { observePasses } from './observe-candidate.ts';
import { ofEach } from './score-ranker.ts';
import type { ScoreSources } from './score-sources.ts';

/**
 * The candidate whose set agrees with most generated tests. Candidates of one set are equal, and so are all where nothing passes:
 * the order of drawing decides.
 *
 * @see arXiv 2207.10397
 */
export function codetRanker(tests: GeneratedTests, sources: ScoreSources): Ranker {
  const limit = pLimit(availableParallelism());
  let [written, withoutTests] = [0, 0];
  let generator = '';
  return {
    name: 'codet',
    ties: 'first-drawn',
    how: () => `agreement with ${written} tests written by ${generator}`,
    notices: () => (withoutTests === 0 ? [] : [`codet: no valid test for ${withoutTests} tasks`]),
    prepare: async ({ task, candidates }) => {
      const counts = new Map<string, number>();
      for (const { statement } of await tests(task)) {
        counts.set(statement, (counts.get(statement) ?? 0) + 1);
        written += 1;
      }
      generator = (await sources.writer()).model.name;
      withoutTests += counts.size === 0 ? 1 : 0;
      const statements = [...counts.keys()];
      const passes = await ofEach(candidates, (candidate) =>
        limit(() => (statements.length === 0 ? null : observePasses(statements, task, candidate, sources))),
      );
      return (draw) =>
        codetScores(
          draw.candidates.map(({ candidate: { id }, multiplicity }) => ({
            id,
            multiplicity,
            passes: passes.get(id) ?? '',
          })),
          [...counts.values()],
        );
    },
  };
}
