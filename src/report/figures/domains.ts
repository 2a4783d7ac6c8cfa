/** Least width of a domain: what does not differ is not shown as if it did. */
const LEAST = 0.05;
const MARGIN = 0.05;

/** The ends of an axis of shares that has room for all values, within [0, 1]; [0, 1] for none. */
export function domainOf(
  values: readonly (number | null)[],
  { from = null }: { readonly from?: number | null } = {},
) {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return [0, 1];
  const low = from ?? Math.min(...known);
  const high = Math.max(...known);
  const margin = Math.max(MARGIN * (high - low), (LEAST - (high - low)) / 2, 0);
  const bottom = from ?? Math.max(0, low - margin);
  return [bottom, Math.min(1, Math.max(high + margin, bottom + LEAST))];
}
