import { CodejuryError } from '../../errors.ts';
import type { GgufHeader } from '../../io/gguf/read-gguf-header.ts';
import { requireArchitecture } from './tensor-names.ts';

/** What an export has to know of the model that was trained. */
export interface BaseModel {
  readonly architecture: string;
  /** Whether rows of q and k are in another order than in transformers. */
  readonly permutes: boolean;
  readonly heads: { readonly query: number; readonly key: number };
  /** Fastest-varying first; null for a tensor that it does not have. */
  readonly dimensionsOf: (tensor: string) => readonly number[] | null;
}

/** @throws {CodejuryError} `model` for an architecture that cannot be exported, or metadata that do not say what they must. */
export function describeBase({ entries, tensors }: GgufHeader): BaseModel {
  const values = new Map(entries.map(({ key, value }) => [key, value]));
  const architecture = String(values.get('general.architecture') ?? '');
  const { permutes } = requireArchitecture(architecture);
  const query = Number(values.get(`${architecture}.attention.head_count`));
  const key = Number(values.get(`${architecture}.attention.head_count_kv`) ?? query);
  if (!(Number.isInteger(query) && query > 0 && Number.isInteger(key) && key > 0)) {
    throw new CodejuryError('model', 'the base model does not say how many attention heads it has', {
      hint: 'models with another number of heads in each layer cannot be exported',
    });
  }
  const dimensions = new Map(tensors.map((tensor) => [tensor.name, tensor.dimensions]));
  return {
    architecture,
    permutes,
    heads: { query, key },
    dimensionsOf: (tensor) => dimensions.get(tensor) ?? null,
  };
}
