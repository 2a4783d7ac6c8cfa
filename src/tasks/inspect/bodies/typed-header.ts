import type { SignatureParts } from '../../../lang/signature.ts';

/**
 * The type before a function's name, as Java and its relatives write it: annotations, modifiers and type parameters left out,
 * blanks normalised. Empty for a constructor.
 */
export function typeBefore(before: string, modifiers: ReadonlySet<string>): string {
  let text = before.trim();
  for (let length = -1; length !== text.length; ) {
    length = text.length;
    text = text
      .replace(/^@[\w.]+(?:\((?:[^()]|\([^()]*\))*\))?\s*/, '')
      .replace(/^\[[^\]]*\]\s*/, '')
      .replace(/^[a-z]+\b\s*/, (word) => (modifiers.has(word.trim()) ? '' : word));
    if (text.startsWith('<')) text = text.slice(endOfBrackets(text)).trim();
  }
  return normalised(text);
}

/** The name of the first parameter where its type is that one: it can be returned as it came. */
export function argumentOfType(
  { parameters }: Pick<SignatureParts, 'parameters'>,
  type: string,
  modifiers: ReadonlySet<string>,
): string | null {
  const [, written = '', name] = /^(.*?)\s+([\p{L}_$][\p{L}\p{N}_$]*)$/su.exec(parameters[0] ?? '') ?? [];
  const parameterType = typeBefore(written, modifiers).replace(/\s*\.\.\.$/, '[]');
  return name !== undefined && parameterType === type ? name : null;
}

/** Offset after the bracket that closes the one at the beginning. */
function endOfBrackets(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '<') depth += 1;
    if (text[index] === '>') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

function normalised(type: string): string {
  return type
    .replace(/\s+/g, ' ')
    .replace(/ ?([<>,[\]?]) ?/g, '$1')
    .replaceAll('?extends', '? extends')
    .replaceAll('?super', '? super')
    .trim();
}
