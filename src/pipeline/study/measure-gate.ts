import type { StudyGate } from '../../contracts/study-evaluation.ts';
import { bootstrapMean } from '../../evaluate/bootstrap-mean.ts';
import type { BootstrapOptions } from '../../evaluate/bootstrap-tasks.ts';
import { chooseOfDraw } from '../../select/choose-of-draw.ts';
import { randomExpectation } from '../../select/random-expectation.ts';
import type { Draw, DrawScorer, Ranker } from '../../select/ranker.ts';
import type { LabelledDraws } from './replay-draws.ts';

/** How often what is chosen of a draw passes, in [0, 1]. */
type Chooser = (draw: Draw, passes: (candidateId: string) => boolean) => number;

/**
 * What it changes to leave out candidates that do not compile before anybody is asked about them: such a candidate never passes, and
 * costs a judgement.
 *
 * @param compiles by the number of a candidate's first sample
 * @param n size of the draws
 */
export async function measureGate(
  pools: readonly LabelledDraws[],
  teams: readonly Ranker[],
  compiles: (sample: number) => boolean,
  n: number,
  options: BootstrapOptions,
): Promise<StudyGate> {
  const broken = new Set(
    pools.flatMap(({ drawn }) =>
      drawn.ranked.candidates.flatMap(({ id, samples }) => (compiles(samples[0] ?? -1) ? [] : [id])),
    ),
  );
  const choices = [await measureChoice('random', pools, async () => chooseAtRandom, broken, n, options)];
  for (const team of teams) {
    const open = async ({ drawn }: LabelledDraws) => byScore(await team.prepare(drawn.ranked), team.ties);
    choices.push(await measureChoice(team.name, pools, open, broken, n, options));
  }
  return {
    n,
    candidates: pools.reduce((sum, { drawn }) => sum + drawn.ranked.candidates.length, 0),
    removed: broken.size,
    choices,
  };
}

const chooseAtRandom: Chooser = ({ candidates }, passes) =>
  randomExpectation(candidates.map(({ candidate }) => passes(candidate.id))) ?? 0;

function byScore(scorer: DrawScorer, ties: Ranker['ties']): Chooser {
  return (draw, passes) => {
    const { candidateId } = chooseOfDraw(draw, scorer, ties);
    return candidateId !== null && passes(candidateId) ? 1 : 0;
  };
}

async function measureChoice(
  name: string,
  pools: readonly LabelledDraws[],
  open: (pool: LabelledDraws) => Promise<Chooser>,
  broken: ReadonlySet<string>,
  n: number,
  options: BootstrapOptions,
): Promise<StudyGate['choices'][number]> {
  const [without, gated] = [new Map<string, number>(), new Map<string, number>()];
  for (const pool of pools) {
    const choose = await open(pool);
    const passes = (id: string) => pool.labels.candidates.get(id) === true;
    const draws = pool.drawn.draws.flatMap(({ size, draw }) => (size === n ? [draw] : []));
    const meanOver = (of: (draw: Draw) => Draw) =>
      draws.reduce((sum, draw) => sum + choose(of(draw), passes), 0) / draws.length;
    const { id } = pool.drawn.ranked.task;
    without.set(
      id,
      meanOver((draw) => draw),
    );
    gated.set(
      id,
      meanOver((draw) => ({
        ...draw,
        candidates: draw.candidates.filter(({ candidate }) => !broken.has(candidate.id)),
      })),
    );
  }
  return { name, without: bootstrapMean(without, options), with: bootstrapMean(gated, options) };
}
