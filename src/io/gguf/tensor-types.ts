/** Numbers that GGUF gives the tensor types written here. */
export const F32 = 0;
export const F16 = 1;
export const Q8_0 = 8;

/** Values in a block and bytes of a block, by the number GGUF gives the type; types not listed are left to llama.cpp. */
export const TENSOR_BLOCKS: Readonly<Record<number, readonly [values: number, bytes: number]>> = {
  [F32]: [1, 4],
  [F16]: [1, 2],
  2: [32, 18], // Q4_0
  3: [32, 20], // Q4_1
  6: [32, 22], // Q5_0
  7: [32, 24], // Q5_1
  [Q8_0]: [32, 34],
  10: [256, 84], // Q2_K
  11: [256, 110], // Q3_K
  12: [256, 144], // Q4_K
  13: [256, 176], // Q5_K
  14: [256, 210], // Q6_K
  20: [32, 18], // IQ4_NL
  23: [256, 136], // IQ4_XS
  30: [1, 2], // BF16
};

/** Bytes of a tensor's data; null for a type that is not listed, or rows that are no whole number of blocks. */
export function tensorBytes(type: number, dimensions: readonly number[]): number | null {
  const block = TENSOR_BLOCKS[type];
  const [rowLength = 1, ...others] = dimensions;
  if (block === undefined || rowLength % block[0] !== 0) {
    return null;
  }
  return others.reduce((product, size) => product * size, (rowLength / block[0]) * block[1]);
}
