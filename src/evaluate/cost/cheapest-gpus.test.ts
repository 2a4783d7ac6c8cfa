import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Gpu } from '../../contracts/gpu.ts';
import { cheapestGpus, type GpuChoice } from './cheapest-gpus.ts';

const GB = 1e9;
const gpu = (name: string, memoryGb: number, dollars: number): Gpu => ({
  ...{ name, memoryGb, dollars, bandwidthGbPerSecond: null, powerWatts: null },
  ...{ asOf: '2025-07', source: 'test' },
});
const CATALOGUE = [gpu('A', 80, 17_500), gpu('B', 48, 7_500), gpu('C', 24, 1_000), gpu('D', 12, 300)];

const shown = ({ gpus, dollars }: GpuChoice) => [
  gpus?.map((placed) => [placed.gpu.name, placed.models, placed.usedBytes / GB]),
  dollars,
];

it('buys a GPU for each model', () => {
  const choice = cheapestGpus(CATALOGUE, [8 * GB, 66 * GB, 12 * GB], { sharing: 'separate' });
  expect(shown(choice)).toEqual([
    [
      ['D', [0], 8],
      ['A', [1], 66],
      ['D', [2], 12],
    ],
    18_100,
  ]);
  expect(choice.reason).toBe(null);
});

it('packs models where that is cheaper, and not where two small GPUs cost less than one large', () => {
  const packed = (...sizes: number[]) =>
    shown(
      cheapestGpus(
        CATALOGUE,
        sizes.map((size) => size * GB),
        { sharing: 'packed' },
      ),
    );
  expect(packed(4, 8)).toEqual([[['D', [0, 1], 12]], 300]);
  expect(packed(7, 7)).toEqual([
    [
      ['D', [0], 7],
      ['D', [1], 7],
    ],
    600,
  ]);
  expect(packed(7, 5, 4, 8, 20)).toEqual([
    [
      ['D', [0, 1], 12],
      ['D', [2, 3], 12],
      ['C', [4], 20],
    ],
    1_600,
  ]);
});

it('prefers fewer GPUs, then smaller ones, then the order of names, where dollars are the same', () => {
  const free = [gpu('Z', 24, 0), gpu('Y', 16, 0), gpu('X', 16, 0)];
  expect(shown(cheapestGpus(free, [8 * GB, 9 * GB], { sharing: 'packed' }))).toEqual([
    [['Z', [0, 1], 17]],
    0,
  ]);
  expect(shown(cheapestGpus(free, [8 * GB], { sharing: 'packed' }))).toEqual([[['X', [0], 8]], 0]);
});

it('says why nothing fits', () => {
  expect(cheapestGpus(CATALOGUE, [GB, 90 * GB], { sharing: 'packed' })).toEqual({
    gpus: null,
    dollars: null,
    reason: 'model 2 needs 90.0 GB, the largest GPU (A) has 80 GB, and no model is split over several',
  });
  expect(cheapestGpus([], [GB], { sharing: 'separate' }).reason).toBe(
    'model 1 needs 1.00 GB, and there are no GPUs to choose from',
  );
});

it('needs none for no models', () => {
  expect(cheapestGpus([], [], { sharing: 'packed' })).toEqual({ gpus: [], dollars: 0, reason: null });
});

it('packs the largest team there can be', () => {
  const { gpus, dollars } = cheapestGpus(CATALOGUE, Array(18).fill(3 * GB), { sharing: 'packed' });
  expect([gpus?.length, dollars]).toEqual([5, 1_500]);
  expect(() => cheapestGpus(CATALOGUE, Array(19).fill(GB), { sharing: 'packed' })).toThrow(RangeError);
  expect(() => cheapestGpus(CATALOGUE, [0], { sharing: 'packed' })).toThrow(RangeError);
});

/** Dollars of the best division, each model put into every group there is or into one of its own. */
function bruteForce(
  catalogue: readonly Gpu[],
  sizes: readonly number[],
  groups: readonly number[] = [],
): number {
  const [size, ...others] = sizes;
  if (size === undefined) {
    const prices = groups.map((used) => {
      const holding = catalogue.filter((entry) => entry.memoryGb * GB >= used);
      return Math.min(...holding.map((entry) => entry.dollars));
    });
    return prices.reduce((sum, price) => sum + price, 0);
  }
  const divisions = [...groups, 0].map((_, i) => {
    const grown = [...groups, 0].map((used, at) => (at === i ? used + size : used));
    return grown.filter((used) => used > 0);
  });
  return Math.min(...divisions.map((division) => bruteForce(catalogue, others, division)));
}

it('finds what trying all divisions finds, holds every model once, and costs no more than separate GPUs', () => {
  const gpus = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 50 })), {
    minLength: 1,
    maxLength: 5,
  });
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 6 });
  fc.assert(
    fc.property(gpus, sizes, (entries, gigabytes) => {
      const catalogue = entries.map(([memoryGb, dollars], i) => gpu(`g${i}`, memoryGb, dollars));
      const bytes = gigabytes.map((size) => size * GB);
      const packed = cheapestGpus(catalogue, bytes, { sharing: 'packed' });
      const separate = cheapestGpus(catalogue, bytes, { sharing: 'separate' });
      expect(packed.dollars ?? Number.POSITIVE_INFINITY).toBe(bruteForce(catalogue, bytes));
      expect(packed.gpus === null).toBe(separate.gpus === null);
      if (packed.gpus === null) return;
      expect(packed.dollars).toBeLessThanOrEqual(separate.dollars as number);
      expect(packed.gpus.flatMap(({ models }) => models).sort((a, b) => a - b)).toEqual([...bytes.keys()]);
      for (const placed of packed.gpus)
        expect(placed.usedBytes).toBeLessThanOrEqual(placed.gpu.memoryGb * GB);
    }),
  );
});
