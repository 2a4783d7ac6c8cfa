import { visibleText } from '../../util/visible-text.ts';

/**
 * The code coloured for a terminal, without what a terminal would obey; plain where the stream shows no colours or the
 * language is unknown to the highlighter.
 */
export async function highlightCode(
  text: string,
  language: string,
  stream: NodeJS.WriteStream,
): Promise<string> {
  const code = visibleText(text);
  if (!stream.isTTY || !stream.hasColors()) {
    return code;
  }
  const { common, createEmphasize } = await import('emphasize');
  const emphasize = createEmphasize(common);
  return emphasize.registered(language) ? emphasize.highlight(language, code).value : code;
}
