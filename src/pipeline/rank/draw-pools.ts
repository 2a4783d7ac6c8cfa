import { drawOf, drawWithoutReplacement } from '../../select/draw-samples.ts';
import type { Draw, PoolCandidate, TaskPool } from '../../select/ranker.ts';
import { hashSeed } from '../../util/hash.ts';
import { seededRandom } from '../../util/random.ts';
import type { SamplePool } from './read-pools.ts';

export interface DrawOptions {
  /** Samples a draw; smaller draws are the beginnings of larger ones. */
  readonly sizes: readonly number[];
  readonly repetitions: number;
  readonly seed: number;
}

/** One draw of a pool. */
export interface PoolDraw {
  readonly repetition: number;
  readonly size: number;
  readonly draw: Draw;
  /** Positions in the pool of the samples drawn. */
  readonly positions: readonly number[];
}

/** The draws of one task and what rankers are asked about: the candidates that some draw has. */
export interface DrawnPool {
  readonly pool: SamplePool;
  readonly ranked: TaskPool;
  readonly draws: readonly PoolDraw[];
}

/**
 * Draws samples of a pool, in each repetition anew and without replacement. What is drawn depends on seed, task and repetition
 * alone, not on other tasks or rankers.
 */
export function drawPool(pool: SamplePool, { sizes, repetitions, seed }: DrawOptions): DrawnPool {
  const { task, samples } = pool;
  const largest = Math.max(...sizes);
  const draws: PoolDraw[] = [];
  const candidates = new Map<string, PoolCandidate>();
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const random = seededRandom(hashSeed(seed, 'draw', task.id, repetition));
    const order = drawWithoutReplacement([...samples.keys()], largest, random);
    for (const size of sizes) {
      const positions = order.slice(0, size);
      const drawn = positions.map((position) => samples[position]?.candidate ?? null);
      const chance = hashSeed(seed, 'choose', task.id, repetition, size);
      draws.push({ repetition, size, draw: drawOf(drawn, () => seededRandom(chance)), positions });
    }
    for (const position of order) {
      const candidate = samples[position]?.candidate ?? null;
      if (candidate !== null) candidates.set(candidate.id, candidate);
    }
  }
  const inOrder = [...candidates.values()].sort((a, b) => (a.samples[0] ?? 0) - (b.samples[0] ?? 0));
  return { pool, ranked: { task, candidates: inOrder }, draws };
}
