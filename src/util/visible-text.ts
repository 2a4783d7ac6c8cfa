/** What a terminal obeys or is misled by: the controls of ASCII and of Latin-1, line separators, and what reorders a line. */
const COMMANDS = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Text of others for a terminal: characters that would move the cursor, colour, set titles, reach the clipboard or turn the
 * reading order are written as escapes (`\x1b`, `\u202e`). Line feeds and tabs stay, and of a line break of two characters the line
 * feed. Showing it twice changes nothing.
 */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(COMMANDS, (character) =>
      character === '\n' || character === '\t' ? character : escapeOf(character),
    );
}

/** As {@link visibleText}, in one line: a line break becomes a blank, with the indentation after it, and so does a tab. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/\n[ \t]*|\t/g, ' ');
}

function escapeOf(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
}
