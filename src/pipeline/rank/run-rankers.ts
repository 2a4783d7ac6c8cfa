import type { Selection } from '../../contracts/selection.ts';
import { throwIfAborted } from '../../errors.ts';
import { chooseOfDraw } from '../../select/choose-of-draw.ts';
import type { Ranker } from '../../select/ranker.ts';
import type { DrawnPool } from './draw-pools.ts';

/** What one ranker chose. */
export interface RankedDraws {
  readonly name: string;
  readonly how: string;
  readonly notices: readonly string[];
  /** Of each draw of each pool, in their order. */
  readonly selections: readonly Selection[];
  /** Of the same draws: whether the best score was shared. */
  readonly tied: readonly boolean[];
}

/**
 * Lets one ranker choose in all draws. It is asked once about the candidates of a task; choosing in a draw is arithmetic.
 *
 * @throws {CodejuryError} what the ranker throws; `aborted`.
 */
export async function runRanker(
  ranker: Ranker,
  drawn: readonly DrawnPool[],
  signal: AbortSignal,
  onTask?: (done: number) => void,
): Promise<RankedDraws> {
  const selections: Selection[] = [];
  const tied: boolean[] = [];
  for (const [index, { ranked, draws }] of drawn.entries()) {
    throwIfAborted(signal);
    const scorer = await ranker.prepare(ranked);
    const sampleOf = new Map(ranked.candidates.map(({ id, samples }) => [id, samples[0] ?? null]));
    for (const { repetition, size, draw } of draws) {
      const choice = chooseOfDraw(draw, scorer, ranker.ties);
      selections.push({
        taskId: ranked.task.id,
        repetition,
        ranker: ranker.name,
        n: size,
        candidateId: choice.candidateId,
        sample: choice.candidateId === null ? null : (sampleOf.get(choice.candidateId) ?? null),
        score: choice.score,
        escalated: false,
      });
      tied.push(choice.tied);
    }
    onTask?.(index + 1);
  }
  return { name: ranker.name, how: ranker.how(), notices: ranker.notices?.() ?? [], selections, tied };
}
