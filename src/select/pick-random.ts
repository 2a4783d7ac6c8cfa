import type { Random } from '../util/random.ts';

/** One element, each with the same chance; null for an empty list. The draw is the caller's seeded `random`. */
export function pickRandom<T>(items: readonly T[], random: Random): T | null {
  return items[Math.floor(random() * items.length)] ?? null;
}
