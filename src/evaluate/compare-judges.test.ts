import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cohenKappa } from './cohen-kappa.ts';
import { compareJudges, type PairedLabels } from './compare-judges.ts';
import { confusionMatrix } from './confusion-matrix.ts';

const options = { resamples: 100, permutations: 99, seed: 1 };
const bit = fc.constantFrom(0 as const, 1 as const);
const pairs = fc.array(
  fc.record({ taskId: fc.constantFrom('a', 'b', 'c'), truth: bit, first: bit, second: bit }),
  { maxLength: 30 },
);

it('takes the differences of what each judge has by itself', () => {
  fc.assert(
    fc.property(pairs, (judged: PairedLabels[]) => {
      const found = compareJudges(judged, options);
      const kappaOf = (which: 'first' | 'second') =>
        cohenKappa(confusionMatrix(judged.map((pair) => ({ truth: pair.truth, label: pair[which] }))));
      const [first, second] = [kappaOf('first'), kappaOf('second')];
      expect(found.kappaDifference.value).toBe(first === null || second === null ? null : first - second);
      const right = (which: 'first' | 'second') =>
        judged.filter((pair) => pair[which] === pair.truth).length / judged.length;
      const difference = right('first') - right('second');
      expect(found.difference.value).toEqual(judged.length === 0 ? null : expect.closeTo(difference, 12));
      expect(found.both + found.onlyFirst + found.onlySecond + found.neither).toBe(judged.length);
    }),
  );
});
