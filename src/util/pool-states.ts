/** The vector a probe reads, of one width, or of two where it reads both. */
export function poolStates(
  { mean, last }: { readonly mean: Float32Array; readonly last: Float32Array },
  pooling: 'last' | 'mean' | 'both',
): Float32Array {
  switch (pooling) {
    case 'last':
      return last;
    case 'mean':
      return mean;
    case 'both':
      return Float32Array.of(...last, ...mean);
  }
}
