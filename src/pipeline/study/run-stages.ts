import { throwIfAborted } from '../../errors.ts';
import {
  findStage,
  type Resource,
  runStage,
  type Stage,
  type StageProgress,
  type StageRecord,
  stageInputs,
} from './stage.ts';

/** What happens to stages, for whoever watches. */
export type StageEvent =
  /** First of all. */
  | { readonly kind: 'planned'; readonly stages: readonly Stage[] }
  | { readonly kind: 'reused'; readonly stage: Stage }
  /** `changed`: why it runs again, part by part; empty for one that never finished. */
  | { readonly kind: 'started'; readonly stage: Stage; readonly changed: readonly string[] }
  | { readonly kind: 'progress'; readonly stage: Stage; readonly progress: StageProgress }
  | { readonly kind: 'notice'; readonly stage: Stage; readonly text: string }
  | { readonly kind: 'finished'; readonly stage: Stage; readonly durationMs: number };

export interface RunStagesOptions {
  readonly folder: string;
  /** That there are, and those that a model keeps busy while it is asked. */
  readonly cores: { readonly all: number; readonly model: number };
  readonly signal: AbortSignal;
  readonly onEvent: (event: StageEvent) => void;
}

/**
 * Runs stages, each as soon as those it needs are finished and nobody else uses what it uses: one at most asks models and one
 * executes. Where both are at work, executing has the cores that models leave. A stage whose inputs are as they were is not run again.
 *
 * @param stages each after those it needs
 * @returns their records by id
 * @throws {CodejuryError} what the first stage to fail throws, when those under way have stopped; `aborted`.
 */
export async function runStages(
  stages: readonly Stage[],
  { folder, cores, signal, onEvent }: RunStagesOptions,
): Promise<ReadonlyMap<string, StageRecord>> {
  const stop = new AbortController();
  const stopping = AbortSignal.any([signal, stop.signal]);
  const records = new Map<string, StageRecord>();
  const waiting = new Set(stages);
  const running = new Map<Stage, Promise<void>>();
  const busy = new Set<Resource>();
  let failure: { readonly error: unknown } | null = null;

  const perform = async (stage: Stage): Promise<void> => {
    const inputs = await stageInputs(stage, records);
    const found = await findStage(folder, stage, inputs);
    if (found.record !== null) {
      records.set(stage.id, found.record);
      onEvent({ kind: 'reused', stage });
      return;
    }
    throwIfAborted(stopping);
    onEvent({ kind: 'started', stage, changed: found.changed });
    const record = await runStage(folder, stage, inputs, {
      signal: stopping,
      // A stage that asks models itself executes when they have answered.
      cores: () =>
        busy.has('model') && !stage.uses.includes('model') ? Math.max(1, cores.all - cores.model) : cores.all,
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

  onEvent({ kind: 'planned', stages });
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
