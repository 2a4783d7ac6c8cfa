import type { Language } from '../lang/language.ts';
import { maskSource } from '../lang/split-source.ts';
import type { CodeUnit } from './code-unit.ts';

/** Before a key of an object literal. */
const BEFORE_KEY = /(?<=[{,]\s*)(?=[\p{L}_$][\p{L}\p{N}_$]*\s*:(?!:))/gu;

/** A name, and whether it is the name of something's member or of a keyword argument. */
const NAME =
  /(?<dot>(?<!\.)\.)?(?<![\p{L}\p{N}_$])(?<name>[\p{L}_$][\p{L}\p{N}_$]*)(?<argument>\s*=(?!=))?/gu;

/**
 * Whether the definitions use a name that neither they nor the language define: a helper or an import may still follow.
 * In doubt it is true, and always in a language whose own names are not known.
 */
export function usesUnknownNames(language: Language, units: readonly CodeUnit[]): boolean {
  if (language.builtins === null) {
    return true;
  }
  const known = new Set(language.builtins);
  for (const { names, functions } of units) {
    for (const name of [...names, ...functions.map((fact) => fact.name)]) {
      known.add(name);
    }
  }
  return units.some((unit) => {
    if (unit.kind === 'import') {
      return false;
    }
    const masked = maskSource(language, unit.text);
    const onlyMembers = memberNames(
      language.blockStyle === 'braces' ? masked.replace(BEFORE_KEY, '.') : masked,
    );
    return [...unit.uses].some((name) => !known.has(name) && !unit.bound.has(name) && !onlyMembers.has(name));
  });
}

/** Names that the code has after a dot or before the value of an argument only. */
function memberNames(masked: string): ReadonlySet<string> {
  const members = new Set<string>();
  const others = new Set<string>();
  for (const match of masked.matchAll(NAME)) {
    const { dot, name = '', argument } = match.groups ?? {};
    (dot === undefined && argument === undefined ? others : members).add(name);
  }
  return members.difference(others);
}
