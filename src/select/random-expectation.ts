/**
 * Exact probability that a candidate drawn at random is right: correct / total. Null for an empty pool, about
 * which nothing can be said. Draws over samples or over distinct candidates differ: say which you counted.
 *
 * @see arXiv 2602.11911, random baseline
 */
export function randomExpectation(correctness: readonly boolean[]): number | null {
  return correctness.length === 0 ? null : correctness.filter(Boolean).length / correctness.length;
}
