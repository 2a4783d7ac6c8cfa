/** Longest n-grams that are compared: BLEU-4. */
export const LONGEST_NGRAM = 4;

/** Stands in for a numerator of 0 unless told otherwise: what the experiments of CrystalBLEU use (NLTK: 0.1). */
export const DEFAULT_EPSILON = 1e-4;

/** Clipped matches and n-grams of the hypothesis by order (1 to 4), none of them trivially shared. */
export interface NgramMatches {
  readonly numerators: readonly number[];
  readonly denominators: readonly number[];
}

export interface CrystalBleuOptions {
  /** Keys (ngramKey) of the trivially shared n-grams, which count on neither side. Default: none, which is BLEU. */
  readonly trivial?: ReadonlySet<string>;
  readonly epsilon?: number;
}

/** One string for an n-gram: equal for equal tokens only, whatever is in them. */
export function ngramKey(tokens: readonly string[]): string {
  return JSON.stringify(tokens);
}

/**
 * CrystalBLEU of a hypothesis, 0 to 1; BLEU-4 with uniform weights that ignores trivially shared n-grams. Counts are clipped
 * by the reference that has most, denominators are at least 1, the brevity penalty is that of the full lengths, with the
 * reference of the nearest length (the shorter one of two). 0 when no unigram matches, even if longer n-grams do; 0 for an
 * empty hypothesis; a precision of 0 becomes epsilon / denominator.
 *
 * @throws {Error} without a reference.
 * @see Eghbali and Pradel, CrystalBLEU (ASE 2022); the package `crystalbleu` 0.2 with NLTK's smoothing method 1
 */
export function crystalBleu(
  references: readonly (readonly string[])[],
  hypothesis: readonly string[],
  { trivial = new Set(), epsilon = DEFAULT_EPSILON }: CrystalBleuOptions = {},
): number {
  const numerators: number[] = [];
  const denominators: number[] = [];
  for (let order = 1; order <= LONGEST_NGRAM; order++) {
    const counts = countNgrams(hypothesis, order, trivial);
    const limits = references.map((reference) => countNgrams(reference, order, trivial));
    let matches = 0;
    let total = 0;
    for (const [key, count] of counts) {
      total += count;
      matches += Math.min(count, Math.max(...limits.map((limit) => limit.get(key) ?? 0)));
    }
    numerators.push(matches);
    denominators.push(total);
  }
  const distance = ({ length }: readonly string[]) => Math.abs(length - hypothesis.length);
  const [nearest] = references.toSorted((a, b) => distance(a) - distance(b) || a.length - b.length);
  if (nearest === undefined) {
    throw new Error('CrystalBLEU needs a reference');
  }
  return (
    brevityPenalty(hypothesis.length, nearest.length) * geometricMean({ numerators, denominators }, epsilon)
  );
}

/** 1 for a hypothesis at least as long as the reference (in tokens), else exp(1 - reference / hypothesis); 0 when empty. */
export function brevityPenalty(hypothesisLength: number, referenceLength: number): number {
  if (hypothesisLength === 0) {
    return 0;
  }
  return hypothesisLength >= referenceLength ? 1 : Math.exp(1 - referenceLength / hypothesisLength);
}

/**
 * Geometric mean of the four precisions; 0 when no unigram matches. Numerators and denominators are multiplied apart (whole
 * numbers, so without rounding below 2^53) and the root is two square roots: means that are equal are equal as numbers, on
 * every machine, and ties are ties.
 */
export function geometricMean({ numerators, denominators }: NgramMatches, epsilon: number): number {
  if (numerators[0] === 0) {
    return 0;
  }
  const smoothed = numerators.filter((numerator) => numerator === 0).length;
  const above = numerators.reduce((product, numerator) => product * (numerator || 1), 1);
  const below = denominators.reduce((product, denominator) => product * (denominator || 1), 1);
  return Math.sqrt(Math.sqrt((above * epsilon ** smoothed) / below));
}

function countNgrams(
  tokens: readonly string[],
  order: number,
  trivial: ReadonlySet<string>,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + order <= tokens.length; start++) {
    const key = ngramKey(tokens.slice(start, start + order));
    if (!trivial.has(key)) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}
