import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { exportTrained } from './export-trained.ts';
import { finishJudge } from './finish-judge.ts';
import { readRunConfig } from './prepare-run.ts';
import type { TrainOptions, TrainResult } from './train-options.ts';
import { bestMetrics, type Trained } from './train-result.ts';

export type DeliverOptions = Pick<
  TrainOptions,
  'out' | 'licence' | 'env' | 'signal' | 'offline' | 'onProgress' | 'onDownload' | 'onNotice'
>;

/**
 * What a finished run folder comes to: a judge with its profile, or an adapted generator, in the folder `out`. A decoder
 * that was trained from weights that only transformers loads stays in the run folder.
 *
 * @throws {CodejuryError} as finishJudge and exportTrained do; `not-found` for a folder that is no run.
 */
export async function deliverTrained(
  folder: string,
  trained: Trained,
  options: DeliverOptions,
): Promise<Omit<TrainResult, 'durationMs'>> {
  const config = await readRunConfig(folder);
  if (config === null) throw new CodejuryError('not-found', `${folder} is no training`);
  const facts = { rows: trained.rows, bestEpoch: trained.bestEpoch, metrics: bestMetrics(trained) };
  if (config.base.kind === 'transformers' && config.architecture === 'decoder') {
    return { ...facts, out: join(folder, 'result'), kind: 'trained', profile: null };
  }
  const out = resolve(options.out);
  if (config.objective === 'generate') {
    await mkdir(out, { recursive: true });
    options.onProgress({ kind: 'exporting', what: 'writing the weights' });
    await exportTrained(folder, config, { ...options, out });
    return { ...facts, out, kind: 'generator', profile: null };
  }
  const profile = await finishJudge(folder, config, trained, options);
  return { ...facts, out, kind: 'judge', profile, metrics: profile.metrics };
}
