/**
 * Rows of a query or key matrix in llama.cpp's order. transformers rotates the first half of a head against the second; llama.cpp
 * rotates neighbours, so that row i of each half become rows 2i and 2i + 1. Rows are `rowLength` values long; their number is a
 * multiple of twice the heads.
 */
export function permuteRows(values: Float32Array, rowLength: number, heads: number): Float32Array {
  const rows = values.length / rowLength;
  const half = rows / heads / 2;
  if (!Number.isInteger(half)) {
    throw new Error(`${rows} rows are not ${heads} heads of two halves`);
  }
  const permuted = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const head = Math.floor(row / (2 * half));
    const within = row % (2 * half);
    const target = head * 2 * half + (within < half ? 2 * within : 2 * (within - half) + 1);
    permuted.set(values.subarray(row * rowLength, (row + 1) * rowLength), target * rowLength);
  }
  return permuted;
}
