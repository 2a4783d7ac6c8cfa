/**
 * The code coloured for a terminal; unchanged where the stream shows no colours or the language is unknown to the
 * highlighter.
 */
export async function highlightCode(
  code: string,
  language: string,
  stream: NodeJS.WriteStream,
): Promise<string> {
  if (!stream.isTTY || !stream.hasColors()) {
    return code;
  }
  const { common, createEmphasize } = await import('emphasize');
  const emphasize = createEmphasize(common);
  return emphasize.registered(language) ? emphasize.highlight(language, code).value : code;
}
