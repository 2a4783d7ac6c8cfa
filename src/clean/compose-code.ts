import type { Language } from '../lang/language.ts';
import type { Target } from './choose-target.ts';
import type { CodeUnit } from './code-unit.ts';

export interface ComposedCode {
  readonly code: string;
  /** Line (from 1) where the target's own text begins. */
  readonly targetLine: number;
  /** A kept definition beside the target that has syntax errors; null when all are sound. */
  readonly brokenHelper: CodeUnit | null;
  /** What the code consists of. */
  readonly units: readonly CodeUnit[];
}

/**
 * The target with what it needs, transitively: functions, types and variables it names, imports. Imports come first, the
 * rest keeps its order. `given` are the imports the task's own text has; where a language forbids importing twice they
 * are left out.
 */
export function composeCode(language: Language, target: Target, given: readonly CodeUnit[]): ComposedCode {
  const kept = neededUnits(language, target);
  const imports = uniqueImports(
    language,
    target.pool.filter((unit) => kept.has(unit)),
    given,
  );
  const definitions = target.pool.filter((unit) => kept.has(unit) && unit.kind !== 'import');
  let code = imports.map((unit) => unit.text).join('\n');
  let targetLine = 1;
  let previous: CodeUnit | null = null;
  for (const unit of definitions) {
    const together = previous?.kind === 'variable' && unit.kind === 'variable';
    code += code === '' ? '' : together ? '\n' : '\n\n';
    if (unit === target.unit) {
      targetLine = code.split('\n').length;
    }
    code += memberText(language, target, unit);
    previous = unit;
  }
  return {
    code,
    targetLine,
    brokenHelper: definitions.find((unit) => unit !== target.unit && unit.faultRow !== null) ?? null,
    units: [...imports, ...definitions],
  };
}

function neededUnits(language: Language, target: Target): Set<CodeUnit> {
  const rivals = target.pool.filter((unit) => unit !== target.unit && mayStandBeside(language, target, unit));
  const byName = Map.groupBy(
    rivals.flatMap((unit) => unit.names.map((name) => ({ name, unit }))),
    ({ name }) => name,
  );
  const kept = new Set<CodeUnit>([target.unit, ...rivals.filter((unit) => unit.always)]);
  for (const user of kept) {
    for (const name of user.uses) {
      const definitions = (byName.get(name) ?? []).map(({ unit }) => unit);
      for (const unit of inOneBlock(language, definitions, target.unit.block)) {
        if (unit.kind !== 'variable' || !user.bound.has(name)) {
          kept.add(unit);
        }
      }
    }
    for (const overload of rivals.filter((unit) => isOverloadOf(target, unit))) {
      kept.add(overload);
    }
  }
  return kept;
}

/** Rules out second versions of the target and variables that hold an example's result. */
function mayStandBeside(language: Language, target: Target, unit: CodeUnit): boolean {
  const { name, parameterCount } = target.fact;
  if (unit.kind === 'function' && unit.functions.some((fact) => fact.name === name)) {
    const differs = unit.functions.every((fact) => fact.parameterCount !== parameterCount);
    return isOverloadOf(target, unit) || (language.overloading && differs && unit.faultRow === null);
  }
  return unit.kind !== 'variable' || unit.functions.length > 0 || !unit.uses.has(name) || unit.always;
}

/** A header of the target's name without a body: TypeScript's overload signatures. */
function isOverloadOf(target: Target, unit: CodeUnit): boolean {
  return (
    unit.kind === 'function' &&
    target.unit.kind === 'function' &&
    unit.functions.some((fact) => fact.name === target.fact.name && fact.body === 'absent')
  );
}

/** Definitions of one name in different blocks are versions: the target's block counts, else the first that has one. */
function inOneBlock(language: Language, units: readonly CodeUnit[], block: number): CodeUnit[] {
  const home = units.some((unit) => unit.block === block) ? block : units[0]?.block;
  const own = units.filter((unit) => unit.block === home || unit.kind === 'import');
  const functions = own.filter((unit) => unit.kind === 'function');
  if (language.overloading || functions.length < 2) {
    return own;
  }
  // Methods share their receiver's name, so only functions of the same own name are versions of each other.
  const first = new Map<string, CodeUnit>();
  for (const unit of functions) {
    const key = unit.functions[0]?.name ?? '';
    const known = first.get(key);
    if (known === undefined || (known.faultRow !== null && unit.faultRow === null)) {
      first.set(key, unit);
    }
  }
  return own.filter((unit) => unit.kind !== 'function' || first.get(unit.functions[0]?.name ?? '') === unit);
}

function uniqueImports(
  language: Language,
  kept: readonly CodeUnit[],
  given: readonly CodeUnit[],
): CodeUnit[] {
  const known = new Set(language.importsMayRepeat ? [] : given.map((unit) => flat(unit.text)));
  const wildcards = [...known].filter((text) => text.endsWith('.*;')).map((text) => text.slice(0, -2));
  return kept
    .filter((unit) => unit.kind === 'import')
    .filter((unit) => {
      const text = flat(unit.text);
      const isKnown =
        known.has(text) || wildcards.some((prefix) => /^[\w]+;$/.test(afterPrefix(text, prefix)));
      known.add(text);
      return !isKnown;
    });
}

function afterPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : '';
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A class that stood beside the target's class becomes a member of whatever the target is put into. */
function memberText(language: Language, target: Target, unit: CodeUnit): string {
  const moved = language.id === 'java' && unit.kind === 'type' && target.outside.has(unit);
  return moved
    ? unit.text.replace(/^((?:[\w@]+[ \t\n]+)*?)(?<!static )class\b/m, '$1static class')
    : unit.text;
}
