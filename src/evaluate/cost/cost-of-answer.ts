import type { DeveloperDemand } from '../../contracts/cost-settings.ts';
import type { Gpu } from '../../contracts/gpu.ts';
import { cheapestGpus, type GpuSharing, type PlacedGpu } from './cheapest-gpus.ts';
import { developersServed } from './developers-served.ts';

/** What one answer, of a team or a single model, is made by. */
export interface AnswerModels {
  /** Bytes of each model that runs here (see estimateMemory); empty where all are asked elsewhere. */
  readonly models: readonly { readonly name: string; readonly memoryBytes: number }[];
  readonly sharing: GpuSharing;
  /** Of one answer at a time, on the hardware of `secondsMeasuredOn`; null = unknown. */
  readonly secondsPerAnswer: number | null;
  /** Name of the GPU that the seconds were measured on; null = unknown. */
  readonly secondsMeasuredOn: string | null;
}

/** What it costs. Unknown is null, and `notes` say why. */
export interface AnswerCost {
  /** Of all models that run here. */
  readonly memoryBytes: number;
  /** null = nothing holds the models. */
  readonly gpus: readonly PlacedGpu[] | null;
  readonly dollars: number | null;
  /** What all GPUs serve together: the models of a team work on one answer after another. */
  readonly developers: number | null;
  readonly developersPerGpu: number | null;
  /** Of hardware, paid once. */
  readonly dollarsPerDeveloper: number | null;
  readonly notes: readonly string[];
}

/**
 * Hardware, dollars and developers.
 *
 * @param gpus to choose among
 * @throws {RangeError} as cheapestGpus and developersServed.
 */
export function costOfAnswer(
  answer: AnswerModels,
  { gpus: choice, demand }: { readonly gpus: readonly Gpu[]; readonly demand: DeveloperDemand },
): AnswerCost {
  const { models, sharing, secondsPerAnswer } = answer;
  const sizes = models.map(({ memoryBytes }) => memoryBytes);
  const names = models.map(({ name }) => name);
  const { gpus, dollars, reason } = cheapestGpus(choice, sizes, { sharing, names });
  // Nothing is known of how many others a model elsewhere serves.
  const isHere = gpus !== null && gpus.length > 0;
  const developers =
    isHere && secondsPerAnswer !== null ? developersServed({ secondsPerAnswer, ...demand }) : null;
  return {
    ...{ gpus, dollars, developers },
    memoryBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
    developersPerGpu: developers === null || gpus === null ? null : developers / gpus.length,
    dollarsPerDeveloper: developers === null || dollars === null ? null : dollars / developers,
    notes: notesOf(answer, gpus, reason),
  };
}

function notesOf(
  { models, secondsPerAnswer, secondsMeasuredOn }: AnswerModels,
  gpus: readonly PlacedGpu[] | null,
  reason: string | null,
): string[] {
  if (gpus === null) return [`no GPU: ${reason}`];
  if (models.length === 0 || secondsPerAnswer === null) return [];
  const bought = [...new Set(gpus.map(({ gpu }) => gpu.name))];
  if (secondsMeasuredOn === null) return ['where the seconds were measured is unknown'];
  return bought.every((name) => name === secondsMeasuredOn)
    ? []
    : [`seconds were measured on ${secondsMeasuredOn}, dollars are those of ${bought.join(' and ')}`];
}
