import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Task } from '../../contracts/task.ts';
import { resolveHome } from '../../io/home.ts';
import type { LanguageModel } from '../../lm/language-model.ts';
import { collectStates } from '../../train/probe/collect-states.ts';
import { openStateFile, type StoredStates } from '../../train/probe/state-file.ts';
import { hashJson } from '../../util/hash.ts';
import type { TrainOptions } from './train-options.ts';

/** A labelled candidate with its task. */
export interface ProbeRow {
  readonly task: Task;
  readonly code: string;
  readonly label: 0 | 1;
}

/** Of the rows that are not empty and whose prompt fits the model's context. */
export interface RowsWithStates<Row> {
  readonly rows: readonly Row[];
  readonly states: readonly StoredStates[];
}

/**
 * The hidden states of a layer for each row, from the file of an earlier run as far as it goes: killed however it may be, a
 * run loses what it was just computing. The file is named after everything that decides the numbers.
 */
export async function readStates<Row extends ProbeRow>(
  model: LanguageModel,
  layer: number,
  rows: readonly Row[],
  options: Pick<TrainOptions, 'env' | 'signal' | 'layout' | 'promptKind' | 'onProgress' | 'onNotice'>,
): Promise<RowsWithStates<Row>> {
  const { env, signal, layout, promptKind } = options;
  const { digest, settings } = model;
  const name = hashJson({ digest, settings, layer }).slice(0, 32);
  const file = await openStateFile(join(resolveHome(env).cacheDir, 'hidden-states', `${name}.bin`), signal);
  try {
    const startedAt = performance.now();
    const total = rows.length;
    const found = await collectStates({
      model,
      file,
      layer,
      layout,
      promptKind,
      rows,
      signal,
      onProgress: (done, computed) => {
        const secondsEach = computed === 0 ? null : (performance.now() - startedAt) / 1000 / computed;
        options.onProgress({
          kind: 'reading states',
          layer,
          done,
          total,
          secondsLeft: secondsEach === null ? null : secondsEach * (total - done),
        });
      },
    });
    const missing = found.filter((states) => states === null).length;
    if (missing > 0)
      options.onNotice?.(`left out, since they are empty or too long for the model: ${missing} rows`);
    return {
      rows: rows.filter((_, index) => found[index] !== null),
      states: found.filter((states) => states !== null),
    };
  } finally {
    await file.close();
  }
}
