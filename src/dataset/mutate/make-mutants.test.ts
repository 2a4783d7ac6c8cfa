import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { findLanguage } from '../../lang/find-language.ts';
import { withTree } from '../../lang/parser.ts';
import { findMutations } from './find-mutations.ts';
import { type Mutant, makeMutants } from './make-mutants.ts';
import { edited } from './mutation.ts';

const PYTHON = findLanguage('python');

const SOLUTIONS = [
  `def total(items, limit):
    result = 0
    for item in items:
        if item < 0 or item > limit:
            continue
        result += item
    return result
`,
  `def total(items, limit):
    return sum(item for item in items if 0 <= item <= limit)
`,
];

async function take(most: number, seed: number, solutions = SOLUTIONS): Promise<Mutant[]> {
  const found: Mutant[] = [];
  for await (const mutant of makeMutants(PYTHON, solutions, seed)) {
    found.push(mutant);
    if (found.length === most) break;
  }
  return found;
}

let all: Mutant[] = [];
beforeAll(async () => {
  all = await take(1000, 1);
});

it('ends when there are no mistakes left, and all parse and are different', async () => {
  expect(all.length).toBeGreaterThan(30);
  expect(all.length).toBeLessThan(200);
  expect(new Set([...all.map(({ code }) => code), ...SOLUTIONS]).size).toBe(all.length + SOLUTIONS.length);
  for (const { code } of all) {
    expect(await withTree(PYTHON, code, (root) => root.hasError), code).toBe(false);
  }
});

it('is the same for the same seed, and a beginning of itself', async () => {
  expect(await take(1000, 1)).toEqual(all);
  expect(await take(10, 1)).toEqual(all.slice(0, 10));
  expect(await take(10, 2)).not.toEqual(all.slice(0, 10));
});

it('takes from every solution and most kinds of mistakes, mostly one, sometimes two', async () => {
  const short = all.filter(({ code }) => code.includes('sum(')).length;
  expect(short).toBeGreaterThan(5);
  expect(all.length - short).toBeGreaterThan(5);
  expect(new Set(all.slice(0, 20).flatMap(({ operators }) => operators)).size).toBeGreaterThan(6);
  const twice = all.filter(({ operators }) => operators.length === 2).length;
  expect(twice).toBeGreaterThan(0);
  expect(twice).toBeLessThan(all.length / 2);
});

it('nothing to mutate: no mutants', async () => {
  expect(await take(5, 1, [])).toEqual([]);
  expect(await take(5, 1, ['def f():\n    return None\n'])).toEqual([]);
});

describe('every single mistake in the bundled solutions', () => {
  it.each(['python', 'java', 'javascript'])('%s: parses, and differs', async (id) => {
    const language = findLanguage(id);
    const faulty: string[] = [];
    let count = 0;
    for (const solution of solutionsIn(id)) {
      for (const mutation of await findMutations(language, solution)) {
        const code = edited(solution, mutation);
        const hasError = await withTree(language, code, (root) => root.hasError);
        if (code === solution || hasError !== false) faulty.push(`${mutation.operator}: ${code}`);
        count += 1;
      }
    }
    expect(faulty).toEqual([]);
    expect(count).toBeGreaterThan(500);
  });
});

/** A stage does not read tasks: the text below `canonical: |`. */
function solutionsIn(language: string): string[] {
  const folder = new URL(`../../../tasks/${language}/`, import.meta.url);
  return readdirSync(folder).flatMap((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const found = /^canonical: \|\n(?<code>(?:(?: {2}.*)?\n)+)/m.exec(text)?.groups?.code;
    return found === undefined ? [] : [found.replaceAll(/^ {2}/gm, '')];
  });
}
