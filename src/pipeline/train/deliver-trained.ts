import type { TrainOptions, TrainResult } from './train-options.ts';
import { bestMetrics, type Trained } from './train-result.ts';

export type DeliverOptions = Pick<
  TrainOptions,
  'out' | 'env' | 'signal' | 'offline' | 'onProgress' | 'onDownload' | 'onNotice'
>;

/** What a finished run folder comes to: a judge with its profile, or an adapted generator, in the folder `out`. */
export async function deliverTrained(
  folder: string,
  trained: Trained,
  _options: DeliverOptions,
): Promise<Omit<TrainResult, 'durationMs'>> {
  const facts = { rows: trained.rows, bestEpoch: trained.bestEpoch, metrics: bestMetrics(trained) };
  return { ...facts, out: folder, kind: 'trained', profile: null };
}
