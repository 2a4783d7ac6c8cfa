/** Numbers that are no rating: the ends of the scale, counts of steps, decimals. */
const NO_RATINGS = [
  /\b\d+\s*(?:-|–|to)\s*\d+\b/gi,
  /(?:\/|\bout of)\s*\d+/gi,
  /^\s*(?:[-*#]\s*)*\d+[.)](?!\d)/g,
  /\bstep\s+\d+/gi,
  /-?\d*\.\d+/g,
];

/** A line that is nothing but a number, perhaps in bold or with the end of the scale. */
const BARE = /^[\s*`]*(\d+)(?:\s*\/\s*\d+)?[\s*`.]*$/;

/**
 * The rating in an answer to a rubric: the most frequent whole number from 0 to `highest` on lines that mention "score" or the
 * aspect, or on a first line that is nothing but a number, since it completes the prompt's own "Score:". Null when there is
 * none, or several are equally frequent: then the answer says nothing.
 *
 * @see ICE-Score (methods specification, section 3)
 */
export function parseRating(text: string, aspect: string, highest: number): number | null {
  const counts = new Map<number, number>();
  for (const rating of text.split('\n').flatMap((line, index) => numbersOf(line, index === 0, aspect))) {
    if (rating <= highest) counts.set(rating, (counts.get(rating) ?? 0) + 1);
  }
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a);
  return first === undefined || first[1] === second?.[1] ? null : first[0];
}

function numbersOf(line: string, isFirst: boolean, aspect: string): number[] {
  const bare = isFirst ? BARE.exec(line)?.[1] : undefined;
  if (bare !== undefined) return [Number(bare)];
  const lower = line.toLowerCase();
  if (!lower.includes('score') && !lower.includes(aspect)) return [];
  const cleaned = NO_RATINGS.reduce((rest, pattern) => rest.replace(pattern, ' '), line);
  return [...cleaned.matchAll(/(?<![\w-])\d+\b/g)].map(([digits]) => Number(digits));
}
