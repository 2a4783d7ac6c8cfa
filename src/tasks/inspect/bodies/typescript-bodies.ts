import type { BodyMaker } from '../probe-bodies.ts';
import { splitTopLevel } from '../split-top-level.ts';
import { javascriptBodies } from './javascript-bodies.ts';

/** Constants by the type they have, the ones that the paper's inspection would try first. */
const OF_TYPE: readonly (readonly [RegExp, readonly string[], readonly string[]])[] = [
  [/^boolean$/, ['false'], ['true']],
  [/^(?:number|bigint)$/, ['0'], ['1']],
  [/^string$/, ['""'], []],
  [/\[\]$|^\[|^(?:readonly |Readonly)?(?:Array|ReadonlyArray)</, ['[]'], []],
  [/^(?:Readonly)?Map</, ['new Map()'], []],
  [/^(?:Readonly)?Set</, ['new Set()'], []],
  [/^(?:void|undefined)$/, [], []],
  [/^null$/, ['null'], []],
  [/^(?:Record<|\{)/, ['{}', 'null'], []],
];

/** By the annotation of the return type, each part of a union; the same as JavaScript where there is none. */
export const typescriptBodies: BodyMaker = (header) => {
  const plain = javascriptBodies(header);
  const type = returnTypeOf(header.after);
  if (type === null) {
    return plain;
  }
  const parts = splitTopLevel(type, '|');
  const known = parts.map((part) => OF_TYPE.find(([pattern]) => pattern.test(part)));
  if (known.some((entry) => entry === undefined)) {
    // A type of its own, a type parameter, `any`: everything JavaScript knows, forced into it.
    return { ...plain, dummies: plain.dummies.map(forced), extended: plain.extended.map(forced) };
  }
  const returns = (values: readonly string[]) =>
    [...new Set(values)].map((value) => forced(`return ${value};`));
  const [first = ''] = header.parameters;
  const [, name, annotation] = /^([\p{L}_$][\p{L}\p{N}_$]*)\s*:\s*(.+)$/u.exec(first) ?? [];
  const identity = name !== undefined && annotation?.trim() === type ? [name] : [];
  return {
    ...plain,
    dummies: returns(known.flatMap((entry) => entry?.[1] ?? [])),
    extended: returns([...known.flatMap((entry) => entry?.[2] ?? []), ...identity]),
  };
};

function forced(statement: string): string {
  return statement.replace(/^return (.*);$/s, 'return $1 as any;');
}

/** `): T`, `): T =>`, or the type of a variable, `: (…) => T = (…) =>`; of a promise what it promises. */
function returnTypeOf(after: string): string | null {
  const text = after.trim().replace(/\s*(?:=>\s*)?\{?\s*$/, '');
  const found = /^:\s*(.+)$/s.exec(text)?.[1] ?? /^=>\s*(.+?)\s*=\s/s.exec(text)?.[1] ?? null;
  return found?.replace(/^Promise<(.+)>$/s, '$1').trim() ?? null;
}
