/**
 * Bits a weight takes. Block formats are exact: their scales are counted. Mixtures (`_k_s`, `_k_m`, and q2_k) are what llama.cpp's authors
 * measured on Llama 2 7B; models of under two billion weights take up to 1.7 times that, because their large vocabularies are kept in
 * more bits.
 */
export const BITS_PER_WEIGHT = {
  fp32: 32,
  fp16: 16,
  bf16: 16,
  fp8: 8,
  q8_0: 8.5,
  q6_k: 6.5625,
  q5_1: 6,
  q5_k_m: 5.68,
  q5_0: 5.5,
  q4_1: 5,
  q4_k_m: 4.84,
  q4_k_s: 4.58,
  q4_0: 4.5,
  q3_k_m: 3.91,
  q2_k: 3.35,
} as const;

/** How weights are kept. */
export type Precision = keyof typeof BITS_PER_WEIGHT;
