import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { clusterScores } from '../../select/cluster-scores.ts';
import type { Ranker } from '../../select/ranker.ts';
import { exampleCalls } from './extract-asserts.ts';
import type { GeneratedTests } from './generated-tests.ts';
import { observeValues } from './observe-candidate.ts';
import { type CandidateScores, ofEach } from './score-ranker.ts';
import type { ScoreSources } from './score-sources.ts';

/**
 * The candidate of the cluster with most votes, each weighted by the judge's probability. Candidates are alike when they give the
 * same values for the calls in the prompt's examples and in generated tests, whatever those expect; one that gives no value at all
 * is like nobody.
 *
 * @see arXiv 2311.03366
 */
export function clusterRanker(
  name: string,
  tests: GeneratedTests,
  judge: CandidateScores,
  sources: ScoreSources,
): Ranker {
  const limit = pLimit(availableParallelism());
  let inputs = 0;
  return {
    name,
    ties: 'team',
    how: () => `votes of candidates that behave alike on ${inputs} inputs, weighted by ${judge.how}`,
    ...(judge.notices === undefined ? {} : { notices: judge.notices }),
    prepare: async ({ task, candidates }) => {
      const written = (await tests(task)).map(({ call }) => call);
      const calls = [...new Set([...exampleCalls(task.prompt, task.entryPoint ?? ''), ...written])];
      inputs += calls.length;
      const known = await ofEach(candidates, async (candidate) => ({
        behaviour: await limit(() =>
          calls.length === 0 ? null : observeValues(calls, task, candidate, sources),
        ),
        probability: await judge.score(task, candidate),
      }));
      return (draw) =>
        clusterScores(
          draw.candidates.map(({ candidate: { id }, multiplicity }) => ({
            id,
            multiplicity,
            behaviour: known.get(id)?.behaviour ?? null,
            probability: known.get(id)?.probability ?? null,
          })),
        );
    },
  };
}
