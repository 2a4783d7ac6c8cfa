import { F16, F32, Q8_0, tensorBytes } from '../../io/gguf/tensor-types.ts';

/** What trained weights are written as. */
export type WeightFormat = 'F32' | 'F16' | 'Q8_0';

export const WEIGHT_TYPES: Readonly<Record<WeightFormat, number>> = { F32, F16, Q8_0 };

const BLOCK_VALUES = 32;
const BLOCK_BYTES = 34;
const LARGEST_QUANTUM = 127;

/** The values as a tensor of this type has them in a GGUF file; Q8_0 needs whole blocks of 32. */
export function encodeValues(values: Float32Array, type: number): Uint8Array {
  switch (type) {
    case F32:
      return bytesOf(values);
    case F16:
      return bytesOf(Float16Array.from(values));
    case Q8_0:
      return toQ8(values);
    default:
      throw new Error(`no encoding for tensors of type ${type}`);
  }
}

/** The type that this format gives a tensor: vectors stay F32, as llama.cpp wants them; rows that are no whole blocks F16. */
export function typeOfTensor(format: WeightFormat, dimensions: readonly number[]): number {
  if (dimensions.length < 2) return F32;
  return tensorBytes(WEIGHT_TYPES[format], dimensions) === null ? F16 : WEIGHT_TYPES[format];
}

function bytesOf(values: Float32Array | Float16Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Q8_0: blocks of 32 values, each a scale (F16) and 32 whole numbers of 8 bits, as llama.cpp's reference rounds them. */
function toQ8(values: Float32Array): Uint8Array {
  if (values.length % BLOCK_VALUES !== 0) {
    throw new Error(`${values.length} values are no whole blocks of Q8_0`);
  }
  const blocks = values.length / BLOCK_VALUES;
  const bytes = new Uint8Array(blocks * BLOCK_BYTES);
  const view = new DataView(bytes.buffer);
  for (let block = 0; block < blocks; block++) {
    const start = block * BLOCK_VALUES;
    let largest = 0;
    for (let index = 0; index < BLOCK_VALUES; index++) {
      largest = Math.max(largest, Math.abs(values[start + index] as number));
    }
    const scale = Math.fround(largest / LARGEST_QUANTUM);
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale);
    view.setFloat16(block * BLOCK_BYTES, scale, true);
    for (let index = 0; index < BLOCK_VALUES; index++) {
      const scaled = Math.fround((values[start + index] as number) * inverse);
      // Half away from zero; Math.round takes -0.5 to -0.
      view.setInt8(block * BLOCK_BYTES + 2 + index, Math.sign(scaled) * Math.round(Math.abs(scaled)));
    }
  }
  return bytes;
}
