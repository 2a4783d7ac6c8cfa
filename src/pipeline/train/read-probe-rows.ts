import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ProbeFeatures } from '../../contracts/probe.ts';
import type { Task } from '../../contracts/task.ts';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import { resolveHome } from '../../io/home.ts';
import { type LanguageModel, requireCapability } from '../../lm/language-model.ts';
import { type LikelihoodKind, likelihoodPrompt } from '../../prompts/probe-prompt.ts';
import { collectStates } from '../../train/probe/collect-states.ts';
import type { CodeLikelihood, CodeLikelihoods } from '../../train/probe/fit-second-level.ts';
import { openStateFile, type StoredStates } from '../../train/probe/state-file.ts';
import { hashJson } from '../../util/hash.ts';
import type { DescribedTask } from '../../util/problem-groups.ts';
import { openCache } from '../open-cache.ts';
import { openTextScorer } from '../rank/text-scores.ts';
import type { TrainOptions } from './train-options.ts';

/** A labelled candidate with its task. */
export interface ProbeRow {
  readonly task: DescribedTask & Pick<Task, 'language'>;
  readonly code: string;
  readonly label: 0 | 1;
}

/** Of the rows that are not empty and whose prompt fits the model's context. */
export interface RowsWithEvidence {
  readonly rows: readonly ProbeRow[];
  readonly states: readonly StoredStates[];
  /** Null when nobody asked for them. */
  readonly likelihoods: CodeLikelihoods | null;
}

type ReadOptions = Pick<TrainOptions, 'env' | 'signal' | 'layout' | 'promptKind' | 'onProgress' | 'onNotice'>;

/**
 * What a probe can read of each row: states of a layer and, unless `features` is `states`, the likelihood of the code. Both are on
 * disk as soon as they are known: killed however it may be, a run loses what it was just computing.
 */
export async function readEvidence(
  model: LanguageModel,
  layer: number,
  rows: readonly ProbeRow[],
  features: ProbeFeatures,
  options: ReadOptions,
): Promise<RowsWithEvidence> {
  const base = model.base ?? model;
  const kind = await likelihoodKindOf(base);
  const likelihoods = features === 'states' ? null : await readLikelihoods(base, kind, rows, options);
  const states = await readStates(model, layer, rows, options);
  const found = rows.flatMap((row, index) => {
    const [state, likelihood] = [states[index] ?? null, likelihoods?.[index] ?? null];
    return state === null || (likelihoods !== null && likelihood === null)
      ? []
      : [{ row, state, likelihood }];
  });
  const missing = rows.length - found.length;
  if (missing > 0) {
    options.onNotice?.(`left out, since they are empty or too long for the model: ${missing} rows`);
  }
  return {
    rows: found.map(({ row }) => row),
    states: found.map(({ state }) => state),
    likelihoods:
      likelihoods === null
        ? null
        : {
            prompt: kind,
            values: found.flatMap(({ likelihood }) => (likelihood === null ? [] : [likelihood])),
          },
  };
}

/** From the file of earlier runs as far as it goes, which is named after everything that decides the numbers. */
async function readStates(
  model: LanguageModel,
  layer: number,
  rows: readonly ProbeRow[],
  options: ReadOptions,
): Promise<readonly (StoredStates | null)[]> {
  const { env, signal, layout, promptKind } = options;
  const { digest, settings } = model;
  const name = hashJson({ digest, settings, layer }).slice(0, 32);
  const file = await openStateFile(join(resolveHome(env).cacheDir, 'hidden-states', `${name}.bin`), signal);
  try {
    const clock = startClock(rows.length);
    return await collectStates({
      model,
      file,
      layer,
      layout,
      promptKind,
      rows,
      signal,
      onProgress: (done, computed) => {
        options.onProgress({ kind: 'reading states', layer, ...clock(done, computed) });
      },
    });
  } finally {
    await file.close();
  }
}

/** From the record of results as far as it goes; null for what does not fit. */
async function readLikelihoods(
  model: LanguageModel,
  kind: LikelihoodKind,
  rows: readonly ProbeRow[],
  { env, signal, onProgress, onNotice }: ReadOptions,
): Promise<readonly (CodeLikelihood | null)[]> {
  const scoreText = requireCapability(model, 'scoreText');
  let computed = 0;
  const counting: LanguageModel = {
    ...model,
    scoreText: (request) => {
      computed += 1;
      return scoreText(request);
    },
  };
  const cache = await openCache({ useCache: true, env, ...(onNotice === undefined ? {} : { onNotice }) });
  try {
    // Rows that do not fit are counted by the caller.
    const score = openTextScorer(counting, { cache, ledger: { notice: () => undefined }, signal });
    const clock = startClock(rows.length);
    const likelihoods: (CodeLikelihood | null)[] = [];
    for (const { task, code } of rows) {
      throwIfAborted(signal);
      const { prompt, text } = likelihoodPrompt(kind, task, code);
      likelihoods.push(text === '' ? null : await score(prompt, text));
      onProgress({ kind: 'scoring code', ...clock(likelihoods.length, computed) });
    }
    return likelihoods;
  } finally {
    cache.close();
  }
}

/** As an instruct model is asked, where the model has a template for chats. */
async function likelihoodKindOf({ countTokens }: LanguageModel): Promise<LikelihoodKind> {
  if (countTokens === undefined) return 'text';
  try {
    await countTokens({ kind: 'chat', messages: [{ role: 'user', content: 'Write a function.' }] });
    return 'chat';
  } catch (error) {
    if (error instanceof CodejuryError && error.code === 'capability') return 'text';
    throw error;
  }
}

/** Says how far it is: at the rate of what had to be computed since. */
function startClock(total: number) {
  const startedAt = performance.now();
  return (done: number, computed: number) => {
    const secondsEach = computed === 0 ? null : (performance.now() - startedAt) / 1000 / computed;
    return { done, total, secondsLeft: secondsEach === null ? null : secondsEach * (total - done) };
  };
}
