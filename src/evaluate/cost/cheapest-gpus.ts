import type { Gpu } from '../../contracts/gpu.ts';
import { formatBytes } from '../../io/format-bytes.ts';

/** `separate`: a GPU for each model, as the paper counts. `packed`: models are on one GPU where that is cheaper. */
export type GpuSharing = 'separate' | 'packed';

/** A GPU to buy, and the models it holds. */
export interface PlacedGpu {
  readonly gpu: Gpu;
  /** Indexes of models, ascending. */
  readonly models: readonly number[];
  readonly usedBytes: number;
}

export interface GpuChoice {
  /** null = nothing in the catalogue holds the models, for the reason given. */
  readonly gpus: readonly PlacedGpu[] | null;
  readonly dollars: number | null;
  readonly reason: string | null;
}

/** A team has a generator, at most 16 judges, and a model to escalate to; packing takes 3 to the power of models steps. */
const MOST_MODELS = 18;

/**
 * The GPUs that hold all models for the fewest dollars, each model on one GPU (none is split over several); none for no models. Among equally cheap
 * ones fewer GPUs, then smaller ones, then the order of names. A GPU's GB count 10⁹ bytes: about 7 % less than it has, which error
 * correction and the driver take.
 *
 * @param memoryBytes of each model; `names` are what the reason calls them, their numbers if not given
 * @throws {RangeError} for memory that is not positive, and for more than 18 models.
 */
export function cheapestGpus(
  catalogue: readonly Gpu[],
  memoryBytes: readonly number[],
  { sharing, names }: { readonly sharing: GpuSharing; readonly names?: readonly string[] },
): GpuChoice {
  check(memoryBytes);
  const byPrice = [...catalogue].sort(
    (a, b) => a.dollars - b.dollars || a.memoryGb - b.memoryGb || (a.name < b.name ? -1 : 1),
  );
  const holder = (bytes: number) => byPrice.findIndex((gpu) => gpu.memoryGb * 1e9 >= bytes);
  const tooLarge = memoryBytes.findIndex((bytes) => holder(bytes) === -1);
  if (tooLarge !== -1) {
    const name = names?.[tooLarge] ?? `model ${tooLarge + 1}`;
    const reason = `${name} ${reasonOf(catalogue, memoryBytes[tooLarge] as number)}`;
    return { gpus: null, dollars: null, reason };
  }
  const groups = sharing === 'separate' ? memoryBytes.map((_, i) => [i]) : pack(memoryBytes, holder, byPrice);
  const gpus = groups.map((models): PlacedGpu => {
    const usedBytes = sumOf(models, memoryBytes);
    return { gpu: byPrice[holder(usedBytes)] as Gpu, models, usedBytes };
  });
  return { gpus, dollars: gpus.reduce((sum, { gpu }) => sum + gpu.dollars, 0), reason: null };
}

/** The division into groups of least dollars: for each set of models the best way to hold it, sets as bits of a number. */
function pack(
  memoryBytes: readonly number[],
  holder: (bytes: number) => number,
  byPrice: readonly Gpu[],
): number[][] {
  const all = 2 ** memoryBytes.length - 1;
  const usedBytes = new Float64Array(all + 1);
  const priceOf = new Float64Array(all + 1);
  for (let set = 1; set <= all; set++) {
    // The last model after the others, as sumOf adds them.
    const last = 31 - Math.clz32(set);
    const used = (usedBytes[set ^ (1 << last)] as number) + (memoryBytes[last] as number);
    usedBytes[set] = used;
    priceOf[set] = byPrice[holder(used)]?.dollars ?? Number.POSITIVE_INFINITY;
  }
  const dollars = new Float64Array(all + 1).fill(Number.POSITIVE_INFINITY);
  const count = new Int32Array(all + 1);
  const lastGroup = new Int32Array(all + 1);
  dollars[0] = 0;
  for (let held = 0; held < all; held++) {
    if (dollars[held] === Number.POSITIVE_INFINITY) continue;
    const left = all & ~held;
    // Whatever comes next holds the first model that is left: other orders are the same division.
    const first = left & -left;
    const others = left & ~first;
    for (let some = others; ; some = (some - 1) & others) {
      const group = first | some;
      const then = held | group;
      const price = (dollars[held] as number) + (priceOf[group] as number);
      const gpus = (count[held] as number) + 1;
      const best = dollars[then] as number;
      if (price < best || (price === best && gpus < (count[then] as number))) {
        dollars[then] = price;
        count[then] = gpus;
        lastGroup[then] = group;
      }
      if (some === 0) break;
    }
  }
  const membersOf = (set: number) => [...memoryBytes.keys()].filter((i) => (set >> i) & 1);
  const groups: number[][] = [];
  for (let held = all; held !== 0; held &= ~(lastGroup[held] as number)) {
    groups.unshift(membersOf(lastGroup[held] as number));
  }
  return groups;
}

function sumOf(models: readonly number[], memoryBytes: readonly number[]): number {
  return models.reduce((sum, i) => sum + (memoryBytes[i] as number), 0);
}

function reasonOf(catalogue: readonly Gpu[], bytes: number): string {
  const [first, ...others] = catalogue;
  const needs = `needs ${formatBytes(bytes)}`;
  if (first === undefined) return `${needs}, and there are no GPUs to choose from`;
  const largest = others.reduce((a, b) => (b.memoryGb > a.memoryGb ? b : a), first);
  return `${needs}, the largest GPU (${largest.name}) has ${largest.memoryGb} GB, and no model is split over several`;
}

function check(memoryBytes: readonly number[]): void {
  if (memoryBytes.length > MOST_MODELS) {
    throw new RangeError(`GPUs for ${memoryBytes.length} models: expected at most ${MOST_MODELS}`);
  }
  const wrong = memoryBytes.find((bytes) => !(bytes > 0 && bytes < Number.POSITIVE_INFINITY));
  if (wrong !== undefined) {
    throw new RangeError(`memory of a model: expected positive bytes, received ${wrong}`);
  }
}
