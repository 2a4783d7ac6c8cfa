/** Numbers that are no rating: the ends of the scale, numbers of lists and steps, decimals. */
const NO_RATINGS = [
  /\b\d+\s*(?:-|–|to)\s*\d+\b/gi,
  /^\s*(?:[-*#]\s*)*\d+[.)](?!\d)/g,
  /\bstep\s+\d+/gi,
  /-?\d*\.\d+/g,
];

/** A rating with the end of its scale. */
const OF_SCALE = /(\d+)[\s*`]*(?:\/|\bout of\b)[\s*`]*(\d+)/gi;

/** A line that is nothing but a number, perhaps in bold. */
const BARE = /^[\s*`]*(\d+)[\s*`.]*$/;

/**
 * The rating in an answer to a rubric: the most frequent whole number from 0 to `highest` on lines that mention "score" or the
 * aspect, or on a first line that is nothing but a number, since it completes the prompt's own "Score:". Null when there is
 * none, or several are equally frequent: then the answer says nothing.
 *
 * @see ICE-Score (methods specification, section 3)
 */
export function parseRating(text: string, aspect: string, highest: number): number | null {
  const counts = new Map<number, number>();
  for (const [index, line] of text.split('\n').entries()) {
    for (const rating of numbersOf(onScale(line, highest), index === 0, aspect)) {
      if (rating <= highest) counts.set(rating, (counts.get(rating) ?? 0) + 1);
    }
  }
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a);
  return first === undefined || first[1] === second?.[1] ? null : first[0];
}

/** The line without the end of the scale after a number, and without numbers on another scale. */
function onScale(line: string, highest: number): string {
  return line.replace(OF_SCALE, (_match, rating: string, end: string) =>
    Number(end) === highest ? rating : '',
  );
}

function numbersOf(line: string, isFirst: boolean, aspect: string): number[] {
  const bare = isFirst ? BARE.exec(line)?.[1] : undefined;
  if (bare !== undefined) return [Number(bare)];
  const lower = line.toLowerCase();
  if (!lower.includes('score') && !lower.includes(aspect)) return [];
  const cleaned = NO_RATINGS.reduce((rest, pattern) => rest.replace(pattern, ' '), line);
  return [...cleaned.matchAll(/(?<![\w-])\d+\b/g)].map(([digits]) => Number(digits));
}
