import { CodejuryError } from '../../errors.ts';
import type { TrainOptions, TrainResult } from './train-options.ts';

/** The judge without Python. */
export async function runTrainProbe(_options: TrainOptions): Promise<TrainResult> {
  throw new CodejuryError('capability', 'the method probe is not there yet');
}
