import type { Language } from '../lang/language.ts';
import type { CodeUnit, FunctionFact } from './code-unit.ts';

/** The function a task asks for. */
export interface WantedFunction {
  /** Null when the task does not tell: then the first function is taken. */
  readonly name: string | null;
  readonly parameterCount: number | null;
  /** The task means a method without its class. */
  readonly withoutClass: boolean;
}

export interface Target {
  readonly unit: CodeUnit;
  readonly fact: FunctionFact;
  /** False: no function has the wanted name, and this is the next best. */
  readonly named: boolean;
  /** The units beside it, those around its class included when the class is taken apart. */
  readonly pool: readonly CodeUnit[];
  /** Of the pool, those from outside its class. */
  readonly outside: ReadonlySet<CodeUnit>;
  /** How many classes were taken apart to get at it. */
  readonly depth: number;
}

/**
 * The wanted function among the units: by name and parameter count, else by name, else the first that is no `main` and
 * no test (one with the wanted parameter count before others); functions outside classes go before methods, complete
 * ones before broken ones. Null when there is no function.
 */
export function chooseTarget(
  language: Language,
  units: readonly CodeUnit[],
  wanted: WantedFunction,
): Target | null {
  const all = targetsIn(wanted, units, units, new Set(), 0);
  const named = all.filter(({ fact }) => fact.name === wanted.name);
  if (named.length > 0) {
    return best(named, ({ unit, fact, depth }) => [
      wanted.parameterCount === null || fact.parameterCount === wanted.parameterCount,
      fact.body !== 'absent',
      !isMethodOf(language, unit),
      depth === 0,
      fact.body === 'complete',
      fact.body === 'broken',
    ]);
  }
  return best(
    all.map((target) => ({ ...target, named: wanted.name === null })),
    ({ unit, fact }) => [
      !/^(?:_*main|test)/i.test(fact.name),
      fact.body !== 'absent',
      wanted.parameterCount !== null && fact.parameterCount === wanted.parameterCount,
      !isMethodOf(language, unit),
    ],
  );
}

function targetsIn(
  wanted: WantedFunction,
  units: readonly CodeUnit[],
  pool: readonly CodeUnit[],
  outside: ReadonlySet<CodeUnit>,
  depth: number,
): Target[] {
  return units.flatMap((unit) => {
    if (wanted.withoutClass && unit.members.length > 0) {
      const around = pool.filter((other) => other !== unit);
      return targetsIn(wanted, unit.members, [...unit.members, ...around], new Set(around), depth + 1);
    }
    return unit.kind === 'import'
      ? []
      : unit.functions.map((fact) => ({
          unit,
          fact,
          named: fact.name === wanted.name,
          pool,
          outside,
          depth,
        }));
  });
}

/** In Java and C# every function is a member, so that says nothing there. */
export function isMethodOf(language: Language, unit: CodeUnit): boolean {
  return unit.kind === 'type' && !language.functionsAreMembers;
}

/** The first of those that do best on the first criterion, then on the second, and so on. */
function best<T>(items: readonly T[], criteria: (item: T) => readonly boolean[]): T | null {
  let winner: { item: T; score: number } | null = null;
  for (const item of items) {
    const score = criteria(item).reduce((sum, holds) => sum * 2 + (holds ? 1 : 0), 0);
    if (winner === null || score > winner.score) {
      winner = { item, score };
    }
  }
  return winner?.item ?? null;
}
