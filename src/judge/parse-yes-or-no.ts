/**
 * 1 when the first or the last line says yes, else 0 when one of them says no, else null. Words, not parts of words, in any
 * case; empty lines do not count.
 *
 * @see CodeJudge (methods specification, section 3)
 */
export function parseYesOrNo(text: string): 0 | 1 | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const ends = `${lines[0] ?? ''}\n${lines.at(-1) ?? ''}`;
  if (/\byes\b/i.test(ends)) return 1;
  return /\bno\b/i.test(ends) ? 0 : null;
}
