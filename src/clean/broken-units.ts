import type { Language } from '../lang/language.ts';
import { maskSource } from '../lang/split-source.ts';
import type { CodeUnit } from './code-unit.ts';
import { locateDefinitions } from './locate-definitions.ts';
import { unindent } from './unit-text.ts';

/**
 * Functions of a block that the parser could not make out, although a header with a name is there: cut off, or broken
 * beyond recovery. `known` are the names that it did make out; other versions of those are passed over, and so are
 * functions inside functions.
 */
export function brokenUnits(
  language: Language,
  code: string,
  known: ReadonlySet<string>,
  block: number,
): CodeUnit[] {
  const lines = code.split('\n');
  const masked = maskSource(language, code).split('\n');
  const units: CodeUnit[] = [];
  const seen = new Set(known);
  let functionEnd = 0;
  for (const { kind, name, parameterCount, startLine, endLine } of locateDefinitions(language, code)) {
    const isNested = startLine < functionEnd;
    if (kind !== 'function' || name === null || isNested) {
      continue;
    }
    functionEnd = endLine;
    if (seen.has(name)) {
      continue;
    }
    seen.add(name);
    const first = lines[startLine] ?? '';
    const width = first.length - first.trimStart().length;
    const own = lines.slice(startLine, endLine).map((line) => unindent(line, width));
    const faultRow = Math.max(0, own.length - 1);
    const uses = new Set(
      masked
        .slice(startLine, endLine)
        .join('\n')
        .match(/[\p{L}_$][\p{L}\p{N}_$]*/gu),
    );
    units.push({
      kind: 'function',
      names: [name],
      uses,
      // What is local cannot be told: what the parser took for global variables may be its locals.
      bound: uses,
      text: own.join('\n').trimEnd(),
      functions: [{ name, parameterCount, body: 'broken', faultRow }],
      members: [],
      always: false,
      faultRow,
      block,
    });
  }
  return units;
}
