/** One line of text as a YAML scalar in single quotes, where nothing but the quote itself is special. */
export function quoteYaml(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Texts as a YAML list on one line. */
export function listYaml(texts: readonly string[]): string {
  return `[${texts.map(quoteYaml).join(', ')}]`;
}
