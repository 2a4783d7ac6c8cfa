import { availableParallelism } from 'node:os';
import type { StudyConfig } from '../../contracts/study-config.ts';
import { resolveThreads } from '../../lm/llama/threads.ts';
import { isServer } from './study-models.ts';

/** The cores of this machine, and how many of them the models of a study keep busy at most: those behind servers none. */
export function studyCores(
  { generators, largeModels, judges }: Pick<StudyConfig, 'generators' | 'largeModels' | 'judges'>,
  all: number = availableParallelism(),
): { readonly all: number; readonly model: number } {
  const writers = [...generators, ...largeModels].filter(({ model }) => model !== null);
  const threads = [...writers, ...judges].map(({ model, threads }) =>
    model !== null && isServer(model) ? 0 : resolveThreads(threads, all),
  );
  return { all, model: Math.max(0, ...threads) };
}
