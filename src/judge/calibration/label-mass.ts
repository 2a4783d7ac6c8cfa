import type { LabelMassSummary } from '../../contracts/judge-evaluation.ts';

/**
 * How much of its probability the model gave to the labels, over all verdicts with a mass, the invalid ones too: near 1 it
 * answers the question that was asked, well below it says other things. The median of an even number is the mean of the
 * middle two; null without any mass.
 *
 * @param known masses of the verdicts that have one
 */
export function summariseLabelMass(
  known: Float64Array,
  { verdicts, invalid }: Pick<LabelMassSummary, 'verdicts' | 'invalid'>,
): LabelMassSummary {
  const masses = known.toSorted();
  const at = (index: number) => masses[index] ?? 0;
  const middle = (masses.length - 1) / 2;
  const some = masses.length > 0;
  return {
    ...{ verdicts, invalid, withoutMass: verdicts - masses.length },
    mean: some ? masses.reduce((sum, mass) => sum + mass, 0) / masses.length : null,
    median: some ? (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2 : null,
    smallest: some ? at(0) : null,
  };
}
