import { type DrawnCandidate, type Ranker, scorerOf } from './ranker.ts';

/** Any distinct candidate with the same chance. */
export const randomRanker: Ranker = {
  name: 'random',
  ties: 'first-drawn',
  how: () => 'any distinct candidate, by the seed',
  prepare: async () => (draw) => {
    const random = draw.random();
    // In the order of drawing: the caller's order must not matter.
    const ordered = draw.candidates.toSorted((a, b) => a.firstIndex - b.firstIndex);
    return scoresOf(ordered, () => random());
  },
};

/**
 * The candidate that most samples are: the vote of self-consistency, over code that is equal but for comments and blanks.
 *
 * @see arXiv 2203.11171 (self-consistency), where the votes are for final answers
 */
export const multiplicityRanker: Ranker = {
  name: 'multiplicity',
  ties: 'team',
  how: () => 'the candidate that most samples are',
  prepare: async () => (draw) => scoresOf(draw.candidates, ({ multiplicity }) => multiplicity / draw.n),
};

/** A researcher's own scores, by the numbers of the samples; a merged candidate has its samples' largest. */
export function givenScoresRanker(name: string, bySample: ReadonlyMap<number, number>): Ranker {
  let missing = 0;
  return {
    name,
    ties: 'team',
    how: () => 'scores of a file',
    prepare: async ({ candidates }) => {
      const scores = new Map(
        candidates.map(({ id, samples }) => {
          const ofSamples = samples.flatMap((sample) => bySample.get(sample) ?? []);
          const score = ofSamples.length === 0 ? null : Math.max(...ofSamples);
          missing += score === null ? 1 : 0;
          return [id, score] as const;
        }),
      );
      return scorerOf(scores);
    },
    notices: () =>
      missing === 0 ? [] : [`${name}: no score for ${missing} of the candidates; they rank last`],
  };
}

function scoresOf(
  candidates: readonly DrawnCandidate[],
  score: (drawn: DrawnCandidate) => number,
): ReadonlyMap<string, number> {
  return new Map(candidates.map((drawn) => [drawn.candidate.id, score(drawn)]));
}
