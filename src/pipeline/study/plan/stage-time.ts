import { rankerNameSchema } from '../../../contracts/ranker-name.ts';
import type { StageRates, StudyRates } from '../study-rates.ts';
import type { CountedWork } from './stage-work.ts';

/** Seconds that a stage takes, and how they were found; null = unknown, and why. */
export interface StageTime {
  readonly seconds: number | null;
  readonly from: string;
}

/**
 * By the rates of the same stage: work between first and last report, model loading apart. Executing is as fast in one stage as in
 * another.
 */
export function stageTime(id: string, { expected }: CountedWork, all: StudyRates): StageTime {
  const rates = all.get(id);
  if (rates === undefined) return { seconds: null, from: 'not measured' };
  let seconds = 0;
  const from: string[] = [];
  for (const [what, amount] of expected) {
    if (amount === 0) continue;
    const found = what === 'ranking' ? rankingTime(rates, amount) : unitTime(rates, what, amount, all);
    if (found === null) return { seconds: null, from: `not measured: ${what}` };
    seconds += found.seconds;
    from.push(found.from);
  }
  return { seconds, from: from.join(', ') };
}

function unitTime({ work }: StageRates, what: string, amount: number, all: StudyRates) {
  const measured = work[what] ?? (what === 'executing' ? longestExecuting(all) : undefined);
  if (measured === undefined) return null;
  const rate = `${what}: ${measured.done} in ${measured.seconds.toPrecision(3)} s`;
  return { seconds: (measured.seconds / measured.done) * amount, from: rate };
}

function longestExecuting(all: StudyRates) {
  return [...all.values()]
    .flatMap(({ work }) => work.executing ?? [])
    .sort((a, b) => b.done - a.done)
    .at(0);
}

/** Rankers report tasks; what they learn from, they read once. */
function rankingTime({ work }: StageRates, tasks: number) {
  const rankers = Object.entries(work).filter(([what]) => isRanker(what));
  if (rankers.length === 0) return null;
  const once = Object.entries(work).filter(([what]) => what.endsWith(TRAINING));
  const seconds = [
    ...rankers.map(([, { done, seconds }]) => (seconds / done) * tasks),
    ...once.map(([, { seconds }]) => seconds),
  ].reduce((sum, value) => sum + value, 0);
  return { seconds, from: `${rankers.length} rankers of ${rankers[0]?.[1].done ?? 0} tasks` };
}

const TRAINING = ', training';

function isRanker(what: string): boolean {
  return rankerNameSchema.safeParse(what.replace(/:.*$/s, '')).success;
}
