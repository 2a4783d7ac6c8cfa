/**
 * At most so many of the points, as evenly as whole steps allow, the first and the last always among them; all of them where they
 * are no more than that.
 *
 * @throws {RangeError} unless `most` is a whole number of at least 2.
 */
export function thinCurve<Point>(points: readonly Point[], most: number): readonly Point[] {
  if (!Number.isSafeInteger(most) || most < 2) {
    throw new RangeError(`expected at least 2 points, received ${most}`);
  }
  if (points.length <= most) return points;
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => points[Math.round(i * step)] as Point);
}
