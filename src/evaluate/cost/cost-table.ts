import type { DeveloperDemand } from '../../contracts/cost-settings.ts';
import type { Gpu } from '../../contracts/gpu.ts';
import { CodejuryError } from '../../errors.ts';
import { nearest } from '../../util/nearest.ts';
import { cheapestGpus, type GpuSharing, type PlacedGpu } from './cheapest-gpus.ts';
import { developersServed } from './developers-served.ts';

/** One thing to compare: a team, or a single model. */
export interface CostRow {
  readonly name: string;
  /** Bytes of each model that runs here (see estimateMemory); empty where all are asked elsewhere. */
  readonly models: readonly { readonly name: string; readonly memoryBytes: number }[];
  readonly sharing: GpuSharing;
  /** Names of the GPUs to choose from; null = all of the catalogue. */
  readonly among: readonly string[] | null;
  /** Of one answer at a time, on the hardware of `secondsMeasuredOn`; null = unknown. */
  readonly secondsPerAnswer: number | null;
  /** Name of the GPU that the seconds were measured on; null = unknown. */
  readonly secondsMeasuredOn: string | null;
  /** In [0, 1]; null = unknown. */
  readonly passAt1: number | null;
}

/** What a row costs. Unknown is null, and `notes` say why. */
export interface CostTableRow {
  readonly name: string;
  readonly passAt1: number | null;
  /** Of all models that run here. */
  readonly memoryBytes: number;
  /** null = nothing holds the models. */
  readonly gpus: readonly PlacedGpu[] | null;
  readonly dollars: number | null;
  readonly secondsPerAnswer: number | null;
  /** What all GPUs of the row serve together: the models of a team work on one answer after another. */
  readonly developers: number | null;
  readonly developersPerGpu: number | null;
  /** Of hardware, paid once. */
  readonly dollarsPerDeveloper: number | null;
  readonly notes: readonly string[];
}

/**
 * Hardware, dollars and developers of each row, in the order given.
 *
 * @throws {CodejuryError} `not-found` for a GPU to choose from that the catalogue does not have.
 * @throws {RangeError} as cheapestGpus and developersServed.
 */
export function costTable(
  rows: readonly CostRow[],
  { catalogue, demand }: { readonly catalogue: readonly Gpu[]; readonly demand: DeveloperDemand },
): CostTableRow[] {
  return rows.map((row) => costOf(row, catalogue, demand));
}

function costOf(row: CostRow, catalogue: readonly Gpu[], demand: DeveloperDemand): CostTableRow {
  const { name, models, secondsPerAnswer, passAt1 } = row;
  const sizes = models.map(({ memoryBytes }) => memoryBytes);
  const { gpus, dollars, reason } = cheapestGpus(choiceOf(row, catalogue), sizes, {
    sharing: row.sharing,
    names: models.map((model) => model.name),
  });
  // Nothing is known of how many others a model elsewhere serves.
  const isHere = gpus !== null && gpus.length > 0;
  const developers =
    isHere && secondsPerAnswer !== null ? developersServed({ secondsPerAnswer, ...demand }) : null;
  return {
    ...{ name, passAt1, secondsPerAnswer, gpus, dollars, developers },
    memoryBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
    developersPerGpu: developers === null || gpus === null ? null : developers / gpus.length,
    dollarsPerDeveloper: developers === null || dollars === null ? null : dollars / developers,
    notes: notesOf(row, gpus, reason),
  };
}

function choiceOf({ name, among }: CostRow, catalogue: readonly Gpu[]): readonly Gpu[] {
  const names = catalogue.map((gpu) => gpu.name);
  const unknown = among?.find((wanted) => !names.includes(wanted));
  if (unknown !== undefined) {
    const meant = nearest(unknown, names);
    throw new CodejuryError('not-found', `${name}: the catalogue has no GPU "${unknown}"`, {
      hint: meant === null ? `known are ${names.join(', ')}` : `did you mean "${meant}"?`,
    });
  }
  return catalogue.filter((gpu) => among?.includes(gpu.name) ?? true);
}

function notesOf(row: CostRow, gpus: readonly PlacedGpu[] | null, reason: string | null): string[] {
  const { models, secondsPerAnswer, secondsMeasuredOn } = row;
  if (gpus === null) return [`no GPU: ${reason}`];
  if (models.length === 0 || secondsPerAnswer === null) return [];
  const bought = [...new Set(gpus.map(({ gpu }) => gpu.name))];
  if (secondsMeasuredOn === null) return ['where the seconds were measured is unknown'];
  return bought.every((name) => name === secondsMeasuredOn)
    ? []
    : [`seconds were measured on ${secondsMeasuredOn}, dollars are those of ${bought.join(' and ')}`];
}
