/**
 * p-values of several tests adjusted by Benjamini and Hochberg, in the order given: to call those at or below a level
 * significant holds the expected share of false ones among them below that level. Never smaller than the p-value itself, at
 * most 1. Null, a test that could not be made, stays null and does not count.
 *
 * @throws {RangeError} for a p-value outside [0, 1].
 */
export function adjustPValues(pValues: readonly (number | null)[]): (number | null)[] {
  const tests = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }]));
  const impossible = tests.find(({ p }) => !(p >= 0 && p <= 1));
  if (impossible !== undefined) throw new RangeError(`expected a p-value, received ${impossible.p}`);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let smallest = 1;
  tests
    .sort((a, b) => b.p - a.p)
    .forEach(({ p, index }, i) => {
      smallest = Math.min(smallest, p * (tests.length / (tests.length - i)));
      adjusted[index] = smallest;
    });
  return adjusted;
}
