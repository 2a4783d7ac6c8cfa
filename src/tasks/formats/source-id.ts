/** Prefixes of ids and the benchmark whose numbering they share, in lower case without anything but letters. */
const NUMBERING: readonly (readonly [RegExp, string])[] = [
  [/^(?:humaneval|java|python|cpp|go|javascript|js|rust)$/, 'humaneval'],
  [/^(?:mbpp|mb[a-z]{1,3}p|mbphp)$/, 'mbpp'],
];

/**
 * The problem behind a benchmark's own task id, shared by all its files and languages: `HumanEval/23`, `Java/23` and
 * `HumanEval_23_strlen` are `humaneval/23`; `MBJP/601`, `Mbpp/601`, `mbpp_601_max_chain` are `mbpp/601`. Null for any other id.
 */
export function problemOf(sourceId: string): string | null {
  const [, prefix = '', number] = /^([A-Za-z]+)[/_](\d+)(?![^/_])/.exec(sourceId) ?? [];
  if (number === undefined) {
    return null;
  }
  const found = NUMBERING.find(([pattern]) => pattern.test(prefix.toLowerCase()));
  return found === undefined ? null : `${found[1]}/${Number(number)}`;
}
