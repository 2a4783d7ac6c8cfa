import type { Language } from '../lang/language.ts';
import { maskSource } from '../lang/split-source.ts';
import type { WantedFunction } from './choose-target.ts';
import type { Extraction } from './extraction.ts';
import { type Definition, locateDefinitions } from './locate-definitions.ts';
import { unindent } from './unit-text.ts';

/**
 * The wanted function of a text in a language known by its patterns only, with the import lines and the functions it
 * names, transitively. Complete means: its block is closed, and so is every bracket in it. Null when no header matches.
 */
export function extractWithoutGrammar(
  language: Language,
  wanted: WantedFunction,
  source: string,
): Extraction | null {
  const definitions = locateDefinitions(language, source).filter(({ kind }) => kind === 'function');
  const target = chooseDefinition(definitions, wanted);
  if (target === null) {
    return null;
  }
  const lines = source.split('\n');
  const masked = maskSource(language, source).split('\n');
  const imports = lines.filter(
    (_line, index) =>
      language.patterns.import?.test(masked[index] ?? '') === true && !isInside(definitions, index),
  );
  const kept = neededDefinitions(definitions, masked, target);
  const parts = [...kept].sort((a, b) => a.startLine - b.startLine).map((part) => textOf(lines, part));
  return {
    code: [...(imports.length > 0 ? [imports.map((line) => line.trimEnd()).join('\n')] : []), ...parts].join(
      '\n\n',
    ),
    named: wanted.name === null || target.name === wanted.name,
    name: target.name,
    rejection: faultOf(language, target),
    // Which names the language has by itself is not known.
    conclusive: false,
  };
}

function chooseDefinition(definitions: readonly Definition[], wanted: WantedFunction): Definition | null {
  const named = definitions.filter(({ name }) => name === wanted.name);
  const sameCount = named.filter(({ parameterCount }) => parameterCount === wanted.parameterCount);
  const rank = [sameCount, named].find((group) => group.length > 0);
  return (
    rank?.find(({ closed, body }) => closed && body.trim() !== '') ??
    rank?.[0] ??
    definitions.find(({ name }) => !/^(?:main|test)/i.test(name ?? '')) ??
    definitions[0] ??
    null
  );
}

function neededDefinitions(
  definitions: readonly Definition[],
  masked: readonly string[],
  target: Definition,
): Set<Definition> {
  const kept = new Set([target]);
  for (const user of kept) {
    const text = masked.slice(user.headerLine, user.endLine).join('\n');
    const words = new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
    for (const other of definitions) {
      const isVersion = [...kept].some(({ name }) => name === other.name);
      if (!isVersion && words.has(other.name ?? '') && !isInside([...kept], other.headerLine)) {
        kept.add(other);
      }
    }
  }
  return kept;
}

function isInside(definitions: readonly Definition[], line: number): boolean {
  return definitions.some(({ startLine, endLine }) => startLine <= line && line < endLine);
}

function textOf(lines: readonly string[], { startLine, endLine }: Definition): string {
  const first = lines[startLine] ?? '';
  const width = first.length - first.trimStart().length;
  return lines
    .slice(startLine, endLine)
    .map((line) => unindent(line, width))
    .join('\n')
    .trimEnd();
}

function faultOf(
  language: Language,
  { name, body, closed, endLine, startLine }: Definition,
): Extraction['rejection'] {
  if (!closed) {
    return { reason: 'incomplete', detail: `line ${endLine - startLine}: the text ends before ${name} does` };
  }
  if (body.trim() === '') {
    return { reason: 'empty-body', detail: `${name} has no statement` };
  }
  const open = unclosedBracket(body);
  return open === null || language.blockStyle === 'keyword'
    ? null
    : { reason: 'incomplete', detail: `${name}: "${open}" has no partner` };
}

/** The first bracket without a partner, or null. */
function unclosedBracket(text: string): string | null {
  const partners: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  const open: string[] = [];
  for (const character of text) {
    if ('([{'.includes(character)) {
      open.push(character);
    } else if (partners[character] !== undefined && open.pop() !== partners[character]) {
      return character;
    }
  }
  return open[0] ?? null;
}
