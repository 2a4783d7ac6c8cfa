import { CodejuryError } from '../../errors.ts';
import type { TrainOptions, TrainResult } from './train-options.ts';

/** Trains with the Python package. */
export async function runTrain(_options: TrainOptions): Promise<TrainResult> {
  throw new CodejuryError('capability', 'training is not there yet');
}
