/**
 * A function's header that a simple pattern of headers was written for, with the parameters a and b: `rule larger(a, b)` for
 * `^\s*rule\s+(?<name>\w+)`. A guess: null where none was found that the pattern matches.
 */
export function headerOfPattern(pattern: string, name: string): string | null {
  const text = pattern
    .replace(/\(\?<name>(?:[^()[\]\\]|\\.|\[(?:[^\]\\]|\\.)*\])*\)/, name)
    // What may be left out, and all but the first of several.
    .replace(/\((?:\?:)?[^()]*\)\?/g, '')
    .replace(/\((?:\?:)?([^()|]*)(?:\|[^()|]*)*\)/g, '$1')
    .replace(/\\s\+| \+/g, ' ')
    .replace(/\\s[*?]|\\b|[\^$]/g, '')
    .replace(/\\([^\w])/g, '$1')
    .trim();
  const header = text.endsWith('(') ? `${text}a, b)` : text.endsWith(')') ? text : `${text}(a, b)`;
  return nameInHeader(pattern, header)?.name === name ? header : null;
}

/** What a pattern takes for the name in a header, and where that is; null when it does not match. */
export function nameInHeader(
  pattern: string,
  header: string,
): { readonly name: string; readonly start: number; readonly end: number } | null {
  const match = new RegExp(pattern, 'du').exec(header);
  const [start, end] = match?.indices?.groups?.name ?? [0, 0];
  return start === end ? null : { name: header.slice(start, end), start, end };
}
