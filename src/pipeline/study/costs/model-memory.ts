import { dirname } from 'node:path';
import type { StudyJudge, StudyWriter } from '../../../contracts/study-config.ts';
import type { StudyModelMemory } from '../../../contracts/study-costs.ts';
import { CodejuryError } from '../../../errors.ts';
import { type AttentionShape, estimateMemory } from '../../../evaluate/cost/estimate-memory.ts';
import { type GgufHeader, readGgufHeader } from '../../../io/gguf/read-gguf-header.ts';
import { parseModelReference } from '../../../models/model-reference.ts';
import { hashJson } from '../../../util/hash.ts';
import { openModelStore } from '../../manage-models.ts';
import { readProfile } from '../../read-profile.ts';
import { resolveFrom } from '../../read-team.ts';
import { isServer } from '../study-models.ts';
import type { StudyRun } from '../study-run.ts';

/** A model that costs are told of: by its reference, or, of a pool, by the writer's name alone. */
export interface CostedModel {
  readonly name: string;
  readonly reference: string | null;
  /** Where a relative path in `reference` starts. */
  readonly folder: string;
}

/** Who wrote a pool's samples is not the model that scores them. */
export function writerModel({ name, pool, model }: StudyWriter, folder: string): CostedModel {
  return pool === null
    ? { name: model ?? name, reference: model, folder }
    : { name, reference: null, folder };
}

/**
 * A path in a profile starts at the profile.
 *
 * @throws {CodejuryError} as readProfile.
 */
export async function judgeModel({ model, profile }: StudyJudge, folder: string): Promise<CostedModel> {
  if (profile === null) return { name: model ?? '', reference: model, folder };
  const found = await readProfile(resolveFrom(folder, profile));
  return { name: found.profile.model, reference: found.profile.model, folder: dirname(found.path) };
}

/** The same for models that are one and have to be loaded once. */
export function modelKey({ name, reference, folder }: CostedModel, { env }: Pick<StudyRun, 'env'>): string {
  return hashJson(
    reference === null ? { pool: name } : parseModelReference(reference, { workingFolder: folder, env }),
  );
}

interface Facts {
  readonly parameters: number | null;
  /** Bits a weight. */
  readonly bits: number | null;
  readonly attention: AttentionShape | null;
}

const NOTHING: Facts = { parameters: null, bits: null, attention: null };

/**
 * What a model takes on a GPU: of what the config says, else of what its file says. Unknown where neither says how many weights of how many bits
 * there are, as of a server.
 */
export async function modelMemory(
  { name, reference, folder }: CostedModel,
  study: StudyRun,
): Promise<StudyModelMemory> {
  const { models, contextTokens, sequences, keyValueBits } = study.config.costs;
  const given = models[name] ?? null;
  const isComplete = given !== null && given.parameters !== null && given.precision !== null;
  const found =
    reference === null || isServer(reference) || isComplete
      ? NOTHING
      : await factsInFile(reference, { ...study, folder });
  const parameters = given?.parameters ?? found.parameters;
  const precision = given?.precision ?? found.bits;
  if (parameters === null || precision === null) {
    return { name, from: null, memoryBytes: null, weights: null, keyValueCache: null, overhead: null };
  }
  const attention = given?.attention ?? found.attention;
  const estimate = estimateMemory({
    ...{ parameters, precision, attention, contextTokens, sequences, keyValueBits },
  });
  return {
    name,
    from: isComplete ? 'config' : 'file',
    memoryBytes: estimate.memoryBytes,
    weights: estimate.weights.assumption,
    keyValueCache: estimate.keyValueCache.assumption,
    overhead: estimate.overhead.assumption,
  };
}

/** Of a model that is on this machine; nothing of one that is not. */
async function factsInFile(model: string, { folder, env, signal }: StudyRun): Promise<Facts> {
  try {
    const reference = parseModelReference(model, { workingFolder: folder, env });
    const { path } = await openModelStore(env).ensure(reference, { signal, offline: true });
    return factsOf(await readGgufHeader(path));
  } catch (error) {
    // A study whose answers are on record needs no model any more; what it takes is unknown then.
    if (error instanceof CodejuryError && error.code !== 'aborted') return NOTHING;
    throw error;
  }
}

/** @see GGUF specification: `general.architecture` and the keys that begin with it */
function factsOf({ entries, tensors }: GgufHeader): Facts {
  const values = new Map(entries.map(({ key, value }) => [key, value]));
  const architecture = values.get('general.architecture');
  const numberOf = (key: string) => {
    const value = values.get(`${architecture}.${key}`);
    return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
  };
  // The other parts of a model in several files are not in this one.
  if (Number(values.get('split.count') ?? 1) > 1) return NOTHING;
  const parameters = tensors.reduce(
    (sum, { dimensions }) => sum + dimensions.reduce((product, size) => product * size, 1),
    0,
  );
  const sizes = tensors.map(({ byteLength }) => byteLength);
  const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const layers = numberOf('block_count');
  const heads = numberOf('attention.head_count');
  const keyValueHeads = numberOf('attention.head_count_kv') ?? heads;
  const width = numberOf('embedding_length');
  const headSize =
    numberOf('attention.key_length') ?? (width === null || heads === null ? null : Math.floor(width / heads));
  return {
    parameters: parameters > 0 ? parameters : null,
    bits: parameters > 0 && !sizes.includes(null) ? (8 * bytes) / parameters : null,
    attention:
      layers === null || keyValueHeads === null || headSize === null
        ? null
        : { layers, keyValueHeads, headSize },
  };
}
