import type { Random } from '../util/random.ts';
import type { Draw, DrawnCandidate, PoolCandidate } from './ranker.ts';

/**
 * `count` items in random order without replacement; all of them when there are fewer. A smaller draw of an equal `random` is
 * the beginning of a larger one, so draws of several sizes are nested.
 */
export function drawWithoutReplacement<T>(items: readonly T[], count: number, random: Random): T[] {
  const rest = [...items];
  const size = Math.min(count, rest.length);
  for (let index = 0; index < size; index++) {
    const other = index + Math.floor(random() * (rest.length - index));
    [rest[index], rest[other]] = [rest[other] as T, rest[index] as T];
  }
  return rest.slice(0, size);
}

/** The draw that these samples make, in the order of drawing; null is a sample without a candidate. */
export function drawOf(samples: readonly (PoolCandidate | null)[], random: () => Random): Draw {
  const drawn = new Map<string, DrawnCandidate>();
  for (const [index, candidate] of samples.entries()) {
    if (candidate === null) continue;
    const known = drawn.get(candidate.id) ?? { candidate, multiplicity: 0, firstIndex: index };
    drawn.set(candidate.id, { ...known, multiplicity: known.multiplicity + 1 });
  }
  return { n: samples.length, candidates: [...drawn.values()], random };
}
