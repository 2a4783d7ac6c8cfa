/**
 * The option a mistyped word most probably meant, ignoring case: the one with the fewest single-character edits
 * (insert, delete, replace, swap of neighbours), the first listed on a tie. Null when the list is empty or nothing is
 * near: more than a third of the longer word (at least 1, at most 4 edits) would have to change. An option that starts with the
 * word (three characters or more), or the word with the option, counts as one edit.
 */
export function nearest(word: string, options: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const option of options) {
    const candidate = option.toLowerCase();
    const limit = Math.min(4, Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3)));
    const distance = isPrefix(wanted, candidate) ? 1 : editDistance(wanted, candidate);
    if (distance <= limit && distance < bestDistance) {
      best = option;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Damerau-Levenshtein distance in its optimal string alignment form: the number of single-character inserts, deletes,
 * replacements and swaps of neighbours that turn one string into the other, no substring edited twice. 0 when equal.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(replace, at(last, j) + 1, at(row, j - 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function isPrefix(word: string, option: string): boolean {
  const [short, long] = word.length < option.length ? [word, option] : [option, word];
  return short.length >= 3 && short !== long && long.startsWith(short);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
