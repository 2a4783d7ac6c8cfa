/** Longer patterns are not what one line's header needs. */
const MAX_PATTERN_LENGTH = 500;

/**
 * What is wrong with a regular expression that a user wrote, in words, or null. It must compile with the `u` flag and
 * must not be able to take exponential time: no repeated group that itself repeats without bound or offers
 * alternatives, and no backreference. Stricter than necessary, since the time a pattern takes cannot be tested.
 */
export function patternFault(source: string): string | null {
  if (source.length > MAX_PATTERN_LENGTH) {
    return `expected at most ${MAX_PATTERN_LENGTH} characters, received ${source.length}`;
  }
  try {
    new RegExp(source, 'u');
  } catch (error) {
    return `expected a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (/\\(?:[1-9]|k<)/.test(source)) {
    return 'backreferences are not allowed: they can take exponential time';
  }
  return hasNestedRepeat(source)
    ? 'a repeated group that contains another repeat or an alternative can take exponential time: unroll it'
    : null;
}

/** True when a group followed by `*`, `+` or `{n,}` contains an unbounded repeat or an alternative. */
function hasNestedRepeat(source: string): boolean {
  const groups: { risky: boolean }[] = [{ risky: false }];
  let index = 0;
  while (index < source.length) {
    const character = source[index];
    const top = groups.at(-1) as { risky: boolean };
    if (character === '\\') {
      index += 2;
    } else if (character === '[') {
      index = endOfClass(source, index);
    } else if (character === '(') {
      groups.push({ risky: false });
      index += /^\(\?(?:<[=!]|<\w+>|[:=!])?/.exec(source.slice(index))?.[0].length ?? 1;
    } else if (character === ')') {
      groups.pop();
      index++;
      const repeated = repeatsWithoutBound(source, index);
      if (repeated && top.risky) {
        return true;
      }
      mark(groups, top.risky || repeated);
    } else {
      mark(groups, character === '|' || repeatsWithoutBound(source, index));
      index++;
    }
  }
  return false;
}

function mark(groups: { risky: boolean }[], risky: boolean): void {
  const top = groups.at(-1);
  if (top !== undefined && risky) {
    top.risky = true;
  }
}

function repeatsWithoutBound(source: string, index: number): boolean {
  return /^(?:[*+]|\{\d+,\})/.test(source.slice(index, index + 12));
}

function endOfClass(source: string, start: number): number {
  let index = start + 1;
  while (index < source.length && source[index] !== ']') {
    index += source[index] === '\\' ? 2 : 1;
  }
  return index + 1;
}
