import type { Label } from '../language-model.ts';
import type { TokenPosition } from './token-positions.ts';

/** Servers compute in 32 bits: a list that seems to use up the whole leaves this much open. */
const ROUNDING = 1e-6;

export interface LabelProbabilities {
  readonly probabilities: readonly number[];
  readonly upperBound: readonly boolean[];
}

/**
 * Probability of each label at one position: the sum over its forms among the returned tokens, compared byte by byte.
 * A label none of whose forms was returned is at most as likely as the least likely returned token per form, and as
 * what the returned tokens leave over; that bound is its probability, marked as one. The emitted token, which some servers
 * append to the likeliest ones, counts as returned but not as the least likely one.
 */
export function labelProbabilities(position: TokenPosition, labels: readonly Label[]): LabelProbabilities {
  const emitted = position.bytes.toString('hex');
  const returned = new Map<string, number>();
  let mass = 0;
  // Different tokens may be written alike (a text and a byte token): their probabilities add up.
  for (const { bytes, logProbability } of position.top) {
    const key = bytes.toString('hex');
    const probability = Math.exp(logProbability);
    returned.set(key, (returned.get(key) ?? 0) + probability);
    mass += probability;
  }
  if (!returned.has(emitted) && position.logProbability !== null) {
    returned.set(emitted, Math.exp(position.logProbability));
    mass += Math.exp(position.logProbability);
  }
  const least = leastOfTop(position, emitted);
  const left = Math.max(1 - mass, 0) + ROUNDING;
  const found = labels.map((label) => {
    const forms = [...new Set(label.forms)].map((form) => returned.get(Buffer.from(form).toString('hex')));
    const known = forms.filter((probability) => probability !== undefined);
    return known.length === 0
      ? { probability: Math.min(least * forms.length, left), isBound: true }
      : {
          probability: Math.min(
            1,
            known.reduce((sum, one) => sum + one, 0),
          ),
          isBound: false,
        };
  });
  return {
    probabilities: found.map((label) => label.probability),
    upperBound: found.map((label) => label.isBound),
  };
}

/** Smallest probability of the top list; its last entry is passed over when it may be there only for being emitted. */
function leastOfTop(position: TokenPosition, emitted: string): number {
  const last = position.top.at(-1);
  const beforeLast = position.top.at(-2);
  const smallest = last?.bytes.toString('hex') === emitted && beforeLast !== undefined ? beforeLast : last;
  return smallest === undefined ? 1 : Math.exp(smallest.logProbability);
}
