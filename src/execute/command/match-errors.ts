/** What a runner's error patterns found in an output. */
export interface ErrorMatch {
  readonly kind: string | null;
  readonly message: string | null;
  readonly input: string | null;
  readonly expected: string | null;
  readonly actual: string | null;
  /** Lines of the program file that were named, first the one that comes first in the first pattern. */
  readonly lines: readonly number[];
}

/**
 * How much of an output is looked at: its beginning and its end, cut to short lines. Patterns come from users and texts from
 * candidates; together they must not be able to keep a host's core busy.
 */
const END_LENGTH = 8 * 1024;
const LINE_LENGTH = 500;

/** Stack frames that are looked at for a line of the candidate. */
const MAX_LINES = 200;

const GROUPS = ['kind', 'message', 'input', 'expected', 'actual'] as const;

/**
 * What the patterns say together: the first one that matches opens, the others add the groups that are still missing from what
 * follows. One that finds a line and nothing else (a stack frame) only adds, unless all are such. Null when none opens.
 */
export function matchErrors(patterns: readonly string[], output: string): ErrorMatch | null {
  const text = excerpt(output);
  const found: Partial<Record<(typeof GROUPS)[number], string>> = {};
  const lines: number[] = [];
  const hasOpeners = !patterns.every(isFrame);
  let from: number | null = null;
  for (const source of patterns) {
    const pattern = new RegExp(source, 'gmu');
    pattern.lastIndex = from ?? 0;
    const match = pattern.exec(text);
    if (match === null || (from === null && hasOpeners && isFrame(source))) continue;
    from ??= match.index;
    for (const group of GROUPS) {
      const value = match.groups?.[group];
      if (value !== undefined) found[group] ??= value;
    }
    for (let next: RegExpExecArray | null = match; next !== null && lines.length < MAX_LINES; ) {
      const line = Number(next.groups?.line);
      if (Number.isSafeInteger(line) && line > 0) lines.push(line);
      // An empty match would be found again and again.
      if (next[0] === '') pattern.lastIndex += 1;
      next = pattern.exec(text);
    }
  }
  if (from === null) return null;
  const { kind = null, message = null, input = null, expected = null, actual = null } = found;
  return { kind, message, input, expected, actual, lines };
}

function isFrame(source: string): boolean {
  const groups = [...source.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name);
  return groups.length > 0 && groups.every((name) => name === 'line');
}

function excerpt(output: string): string {
  const isLong = output.length > 2 * END_LENGTH;
  const ends = isLong ? `${output.slice(0, END_LENGTH)}\n${output.slice(-END_LENGTH)}` : output;
  return ends
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(0, LINE_LENGTH))
    .join('\n');
}
