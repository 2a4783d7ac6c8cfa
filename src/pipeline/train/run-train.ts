import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CodejuryError } from '../../errors.ts';
import type { TrainerEvent } from '../../train/trainer-event.ts';
import { lockOutput } from '../execute/lock-output.ts';
import { prepareRun } from './prepare-run.ts';
import { runTrainer } from './run-trainer.ts';
import type { TrainOptions, TrainResult } from './train-options.ts';
import { bestMetrics, readTrained } from './train-result.ts';
import { findTrainerPython, trainerFolder } from './trainer-environment.ts';

/** Where a training keeps its data, checkpoints and logs. */
export function runFolderOf(out: string): string {
  return `${resolve(out)}.training`;
}

/**
 * Trains a judge or adapts a generator with the Python package, or goes on with it: killed however it may be, the same command
 * resumes from the last checkpoint.
 *
 * @throws {CodejuryError} `usage` for wrong inputs or another run in the same place; `not-found` without Python; what the trainer
 *   tells; `aborted`.
 */
export async function runTrain(options: TrainOptions): Promise<TrainResult> {
  const startedAt = performance.now();
  const { method, env, signal } = options;
  if (method === 'probe') throw new Error('the probe is trained elsewhere');
  const python = await findTrainerPython(env);
  const folder = runFolderOf(options.out);
  const lock = await lockOutput(folder, signal);
  try {
    const { known } = await prepareRun(folder, { ...options, method });
    let trained = known ? await readTrained(folder) : null;
    if (trained === null) {
      if (known) options.onNotice?.('goes on with the training that is there');
      await runTrainer({
        folder,
        python,
        trainer: trainerFolder(),
        accelerateConfig: options.accelerateConfig,
        env,
        signal,
        onEvent: reporter(options),
      });
      trained = await readTrained(folder);
      if (trained === null) throw new CodejuryError('engine', `the trainer left no result in ${folder}`);
    }
    return {
      out: folder,
      kind: 'trained',
      profile: null,
      rows: trained.rows,
      bestEpoch: trained.bestEpoch,
      metrics: bestMetrics(trained),
      durationMs: performance.now() - startedAt,
    };
  } finally {
    await lock.release();
  }
}

/** Events as progress and notices. */
export function reporter({
  onProgress,
  onNotice,
}: Pick<TrainOptions, 'onProgress' | 'onNotice'>): (event: TrainerEvent) => void {
  const last: { f1: number | null; kappa: number | null } = { f1: null, kappa: null };
  return (event) => {
    switch (event.event) {
      case 'preparing':
        onProgress({ kind: 'preparing', what: event.what });
        break;
      case 'rows':
        if (event.tooLong > 0) onNotice?.(`left out, since they are too long: ${event.tooLong} rows`);
        break;
      case 'resumed':
        onNotice?.(`goes on after step ${event.step} of ${event.steps}`);
        break;
      case 'step':
        onProgress({ kind: 'training', ...event, ...last, epoch: event.epoch ?? 0 });
        break;
      case 'validating':
        onProgress({ kind: 'validating', done: event.done, total: event.total });
        break;
      case 'evaluated':
        last.f1 = event.metrics.f1 ?? null;
        last.kappa = event.metrics.kappa ?? null;
        onNotice?.(`epoch ${event.epoch}: ${describeMetrics(event.metrics)}`);
        break;
      case 'notice':
        onNotice?.(event.text);
        break;
    }
  };
}

function describeMetrics(metrics: Readonly<Record<string, number | null>>): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${value === null ? 'not defined' : value.toFixed(3)}`)
    .join(', ');
}
