import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CodejuryError } from '../../errors.ts';
import { lockOutput } from '../execute/lock-output.ts';
import { deliverTrained } from './deliver-trained.ts';
import { prepareRun } from './prepare-run.ts';
import { reporter } from './report-events.ts';
import { runTrainer } from './run-trainer.ts';
import type { TrainOptions, TrainResult } from './train-options.ts';
import { readTrained } from './train-result.ts';
import { findTrainerPython, trainerFolder } from './trainer-environment.ts';
import { writePlan } from './write-plan.ts';

/** Where a training keeps its data, checkpoints and logs. */
export function runFolderOf(out: string): string {
  return `${resolve(out)}.training`;
}

/**
 * Trains a judge or adapts a generator with the Python package, or goes on with it: killed however it may be, the same command
 * resumes from the last checkpoint. With a plan, writes what another machine needs to do that.
 *
 * @throws {CodejuryError} `usage` for wrong inputs or another run in the same place; `not-found` without Python; what the trainer
 *   tells; `aborted`.
 */
export async function runTrain(options: TrainOptions): Promise<TrainResult> {
  const startedAt = performance.now();
  const { method, plan, env, signal } = options;
  if (method === 'probe') throw new Error('the probe is trained elsewhere');
  const durationMs = () => performance.now() - startedAt;
  if (plan !== null) {
    const written = await writePlan(plan, { ...options, method });
    return {
      ...written,
      kind: 'plan',
      profile: null,
      bestEpoch: null,
      metrics: {},
      durationMs: durationMs(),
    };
  }
  const python = await findTrainerPython(env);
  const folder = runFolderOf(options.out);
  await mkdir(dirname(folder), { recursive: true });
  const lock = await lockOutput(folder, signal);
  try {
    const { known } = await prepareRun(folder, { ...options, method });
    let trained = known ? await readTrained(folder) : null;
    if (trained === null) {
      if (known) options.onNotice?.('goes on with the training that is there');
      const { accelerateConfig } = options;
      const onEvent = reporter(options);
      await runTrainer({ folder, python, trainer: trainerFolder(), accelerateConfig, env, signal, onEvent });
      trained = await readTrained(folder);
      if (trained === null) throw new CodejuryError('engine', `the trainer left no result in ${folder}`);
    }
    return { ...(await deliverTrained(folder, trained, options)), durationMs: durationMs() };
  } finally {
    await lock.release();
  }
}
