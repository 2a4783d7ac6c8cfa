import type { Language } from '../../lang/language.ts';
import { withTree } from '../../lang/parser.ts';
import { hashSeed } from '../../util/hash.ts';
import { type Random, seededRandom } from '../../util/random.ts';
import { findMutations } from './find-mutations.ts';
import { edited, type Mutation } from './mutation.ts';

/** Code with a fault in it, and how it came there. */
export interface Mutant {
  readonly code: string;
  /** The operators that were used, one or two. */
  readonly operators: readonly string[];
}

/** One mutant in so many gets a second mistake. */
const SECOND_MISTAKE = 1 / 6;

/**
 * Mutants of right solutions of one task, as long as new ones are asked for and there are mistakes left to make. Each comes from a
 * solution drawn at random, then a kind of mistake, then a place, so that neither long solutions nor frequent kinds
 * prevail. They parse and differ from the solution; whether they are wrong only the tests can say. The same solutions
 * and seed give the same mutants.
 */
export async function* makeMutants(
  language: Language,
  solutions: readonly string[],
  seed: number,
): AsyncGenerator<Mutant> {
  const random = seededRandom(hashSeed('mutants', seed));
  const pools = await Promise.all(
    solutions.map(async (code) => ({ code, mistakes: byOperator(await findMutations(language, code)) })),
  );
  const seen = new Set(solutions);
  for (;;) {
    const left = pools.filter(({ mistakes }) => mistakes.size > 0);
    if (left.length === 0) return;
    const { code, mistakes } = drawn(left, random);
    const first = takeMistake(mistakes, random);
    const mutant = { code: edited(code, first), operators: [first.operator] };
    const made = random() < SECOND_MISTAKE ? await withSecond(language, mutant, random) : mutant;
    if (seen.has(made.code) || !(await parses(language, made.code))) continue;
    seen.add(made.code);
    yield made;
  }
}

type Mistakes = Map<string, Mutation[]>;

function byOperator(mutations: readonly Mutation[]): Mistakes {
  return Map.groupBy(mutations, ({ operator }) => operator);
}

function takeMistake(mistakes: Mistakes, random: Random): Mutation {
  const [operator, places] = drawn([...mistakes], random);
  const [taken] = places.splice(Math.floor(random() * places.length), 1);
  if (taken === undefined) throw new Error(`no place left for ${operator}`);
  if (places.length === 0) mistakes.delete(operator);
  return taken;
}

async function withSecond(language: Language, mutant: Mutant, random: Random): Promise<Mutant> {
  const mistakes = byOperator(await findMutations(language, mutant.code));
  if (mistakes.size === 0) return mutant;
  const second = takeMistake(mistakes, random);
  return { code: edited(mutant.code, second), operators: [...mutant.operators, second.operator] };
}

function drawn<T>(values: readonly T[], random: Random): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to draw from');
  return value;
}

async function parses(language: Language, code: string): Promise<boolean> {
  return (await withTree(language, code, (root) => !root.hasError)) ?? false;
}
