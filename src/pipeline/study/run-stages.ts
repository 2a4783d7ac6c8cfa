import { throwIfAborted } from '../../errors.ts';
import {
  findRecord,
  type Resource,
  runStage,
  type Stage,
  type StageProgress,
  type StageRecord,
  stageKey,
} from './stage.ts';

/** What happens to stages, for whoever watches. */
export type StageEvent =
  | { readonly kind: 'reused'; readonly stage: Stage }
  | { readonly kind: 'started'; readonly stage: Stage }
  | { readonly kind: 'progress'; readonly stage: Stage; readonly progress: StageProgress }
  | { readonly kind: 'notice'; readonly stage: Stage; readonly text: string }
  | { readonly kind: 'finished'; readonly stage: Stage; readonly durationMs: number };

export interface RunStagesOptions {
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: StageEvent) => void;
}

/**
 * Runs stages, each as soon as those it needs are finished and nobody else uses what it uses: models and sandbox both keep
 * all cores busy, so that one of each kind is at work at most. A stage whose inputs are as they were is not run again.
 *
 * @param stages each after those it needs
 * @returns their records by id
 * @throws {CodejuryError} what the first stage to fail throws, when those under way have stopped; `aborted`.
 */
export async function runStages(
  stages: readonly Stage[],
  { folder, signal, onEvent }: RunStagesOptions,
): Promise<ReadonlyMap<string, StageRecord>> {
  const stop = new AbortController();
  const stopping = AbortSignal.any([signal, stop.signal]);
  const records = new Map<string, StageRecord>();
  const waiting = new Set(stages);
  const running = new Map<Stage, Promise<void>>();
  const busy = new Set<Resource>();
  let failure: { readonly error: unknown } | null = null;

  const perform = async (stage: Stage): Promise<void> => {
    const key = await stageKey(stage, records);
    const known = await findRecord(folder, stage, key);
    if (known !== null) {
      records.set(stage.id, known);
      onEvent({ kind: 'reused', stage });
      return;
    }
    throwIfAborted(stopping);
    onEvent({ kind: 'started', stage });
    const record = await runStage(folder, stage, key, {
      signal: stopping,
      onProgress: (progress) => onEvent({ kind: 'progress', stage, progress }),
      onNotice: (text) => onEvent({ kind: 'notice', stage, text }),
    });
    records.set(stage.id, record);
    onEvent({ kind: 'finished', stage, durationMs: record.durationMs });
  };

  const start = (stage: Stage) => {
    waiting.delete(stage);
    for (const resource of stage.uses) busy.add(resource);
    const work = perform(stage)
      .catch((error: unknown) => {
        // Those that are stopped because of the first failure are not what went wrong.
        failure ??= { error };
        stop.abort();
      })
      .finally(() => {
        for (const resource of stage.uses) busy.delete(resource);
        running.delete(stage);
      });
    running.set(stage, work);
  };

  while (failure === null && (waiting.size > 0 || running.size > 0)) {
    for (const stage of waiting) {
      const isReady = stage.needs.every((id) => records.has(id));
      if (isReady && stage.uses.every((resource) => !busy.has(resource))) start(stage);
    }
    if (running.size === 0) throw new Error('stages wait for one another');
    await Promise.race(running.values());
  }
  await Promise.all(running.values());
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
  return records;
}
