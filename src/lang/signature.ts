import type { Language } from './language.ts';
import { maskSource } from './split-source.ts';

const CALL_LIKE = /(?<name>[\p{L}_$][\p{L}\p{N}_$]*)[ \t]*(?:<[^()]*>|\[[^()]*\])?[ \t]*\(/u;

/** A longer line is data, not the header of a function. */
const MAX_HEADER_LENGTH = 1000;

/** The name in a function's header line and where the name ends, or null. The line's strings must be masked. */
export function matchHeader(language: Language, line: string): { name: string; end: number } | null {
  if (line.length > MAX_HEADER_LENGTH) {
    return null;
  }
  for (const pattern of language.patterns.functions) {
    const match = pattern.exec(line);
    const name = match?.groups?.name;
    const position = match?.indices?.groups?.name;
    if (name !== undefined && name !== '' && position !== undefined) {
      return { name, end: position[1] };
    }
  }
  return null;
}

/**
 * The name of the function a signature declares, e.g. `f` for `def f(x: int) -> int:`; annotations, modifiers and
 * line breaks may be there. Null when there is none.
 */
export function functionNameOf(language: Language, signature: string): string | null {
  return declared(language, signature)?.name ?? null;
}

/**
 * How many parameters a signature declares, without receivers (`self`, `&self`) and separators; null when there is no
 * parameter list.
 */
export function parameterCountOf(language: Language, signature: string): number | null {
  const header = declared(language, signature);
  if (header === null) {
    return null;
  }
  return countParametersAfter(language, header.text, header.end);
}

/** A function's header taken apart: `before + name + "(" + parameters + ")" + after`, comments and strings blanked. */
export interface SignatureParts {
  readonly name: string;
  /** Modifiers, and the type in languages that write it first. */
  readonly before: string;
  /** As they are written, without receivers and separators. */
  readonly parameters: readonly string[];
  /** The type in languages that write it last, `throws`, what opens the body. */
  readonly after: string;
}

/** The parts of a signature; null when it declares nothing that has a parameter list in parentheses. */
export function signaturePartsOf(language: Language, signature: string): SignatureParts | null {
  const header = declared(language, signature);
  if (header === null) {
    return null;
  }
  const { name, end, text } = header;
  const rest = text.slice(end);
  const open = startOfParameters(rest);
  const close = closingBracket(rest, open);
  return open < 0
    ? null
    : {
        name,
        before: text.slice(0, end - name.length),
        parameters: splitParameters(language, rest.slice(open + 1, close)),
        after: rest.slice(close + 1),
      };
}

/** Parameters of the list that follows a function's name at `end`; null when no list follows. Strings must be masked. */
export function countParametersAfter(language: Language, text: string, end: number): number | null {
  const rest = text.slice(end);
  if (/^[ \t]*=[ \t]*(?:async[ \t]+)?[\p{L}_$][\w$]*[ \t]*=>/u.test(rest)) {
    return 1;
  }
  const open = startOfParameters(rest);
  return open < 0 ? null : countParameters(language, rest.slice(open + 1, closingBracket(rest, open)));
}

/** Number of parameters in the text between the parentheses. Bracketed commas do not count; 0 for blanks. */
export function countParameters(language: Language, list: string): number {
  return splitParameters(language, list).length;
}

function splitParameters(language: Language, list: string): string[] {
  const text = maskSource(language, list);
  const opening = language.angleBrackets ? '([{<' : '([{';
  const closing = language.angleBrackets ? ')]}>' : ')]}';
  const parts: string[] = [''];
  let depth = 0;
  for (const [index, character] of [...text].entries()) {
    const arrowHead = character === '>' && /[-=]/.test(text[index - 1] ?? '');
    if (opening.includes(character)) {
      depth++;
    } else if (closing.includes(character) && !arrowHead) {
      depth--;
    }
    if (character === ',' && depth <= 0) {
      parts.push('');
    } else {
      parts[parts.length - 1] += character;
    }
  }
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '' && language.uncountedParameter?.test(part) !== true);
}

function declared(language: Language, signature: string): { name: string; end: number; text: string } | null {
  // Line comments need their line breaks, the patterns one line: mask first, then join.
  const text = maskSource(language, signature).replace(/\s+/g, ' ').trim();
  const undecorated = text.replace(/^(?:@[\w.]+(?:\([^()]*\))? )+/, '');
  const header = matchHeader(language, undecorated);
  if (header !== null) {
    return { ...header, text: undecorated };
  }
  const match = undecorated.length > MAX_HEADER_LENGTH ? null : CALL_LIKE.exec(undecorated);
  const name = match?.groups?.name;
  return match === null || name === undefined
    ? null
    : { name, end: match.index + name.length, text: undecorated };
}

/** Offset of the parenthesis that opens the parameter list, type parameters skipped; -1 when there is none. */
function startOfParameters(text: string): number {
  const generic = /^ ?[<[]/.exec(text);
  const from = generic === null ? 0 : closingBracket(text, generic[0].length - 1) + 1;
  return text.indexOf('(', from);
}

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    const character = text[index] as string;
    if ('([{<'.includes(character)) {
      depth++;
    } else if (')]}'.includes(character) || (character === '>' && !/[-=]/.test(text[index - 1] ?? ''))) {
      depth--;
      if (depth === 0) {
        return index;
      }
    }
  }
  return text.length;
}
