import type { Language } from '../lang/language.ts';
import { maskSource } from '../lang/split-source.ts';

/**
 * The code with a function under another name: every identifier `from` becomes `to`, calls of itself included, comments,
 * strings and members of other objects left alone. Null when the code already uses the name `to` for something.
 */
export function renameFunction(language: Language, code: string, from: string, to: string): string | null {
  const masked = maskSource(language, code);
  if (identifier(to).test(masked)) {
    return null;
  }
  let renamed = '';
  let copiedTo = 0;
  for (const { index } of masked.matchAll(identifier(from))) {
    const before = masked.slice(0, index);
    if (/\.\s*$/.test(before) && !/\b(?:this|self)\s*\.\s*$/.test(before)) {
      continue;
    }
    renamed += code.slice(copiedTo, index) + to;
    copiedTo = index + from.length;
  }
  return renamed + code.slice(copiedTo);
}

function identifier(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${RegExp.escape(name)}(?![\\p{L}\\p{N}_$])`, 'gu');
}
