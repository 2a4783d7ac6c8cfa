import { CodejuryError } from '../../errors.ts';
import type { Safetensors } from './open-safetensors.ts';

/**
 * Values of a trained tensor.
 *
 * @throws {CodejuryError} `model` when one is not finite: training diverged, and the file would judge nothing.
 */
export async function readFinite(
  weights: Safetensors,
  name: string,
  start: number,
  count: number,
): Promise<Float32Array> {
  const values = await weights.read(name, start, count);
  if (!values.every(Number.isFinite)) {
    throw new CodejuryError('model', `${weights.path}: ${name} holds values that are not numbers`, {
      hint: 'training diverged: train again with a lower learning rate, or in float32',
    });
  }
  return values;
}
