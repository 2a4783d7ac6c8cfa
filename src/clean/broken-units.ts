import type { Language } from '../lang/language.ts';
import { maskSource } from '../lang/split-source.ts';
import type { CodeUnit } from './code-unit.ts';
import { locateDefinitions } from './locate-definitions.ts';
import { unindent } from './unit-text.ts';

/**
 * Functions of a block that the parser could not make out, although a header with a name is there: cut off, or broken
 * beyond recovery. `known` are the names that it did make out; other versions of those are passed over.
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
  for (const { kind, name, parameterCount, startLine, endLine } of locateDefinitions(language, code)) {
    if (kind !== 'function' || name === null || seen.has(name)) {
      continue;
    }
    seen.add(name);
    const first = lines[startLine] ?? '';
    const width = first.length - first.trimStart().length;
    const own = lines.slice(startLine, endLine).map((line) => unindent(line, width));
    const faultRow = Math.max(0, own.length - 1);
    units.push({
      kind: 'function',
      names: [name],
      uses: new Set(
        masked
          .slice(startLine, endLine)
          .join('\n')
          .match(/[\p{L}_$][\p{L}\p{N}_$]*/gu),
      ),
      bound: new Set(),
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
