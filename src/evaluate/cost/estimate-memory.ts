import { BITS_PER_WEIGHT, type Precision } from '../../contracts/precisions.ts';

/** What decides how much of a model's past is kept for each token. */
export interface AttentionShape {
  readonly layers: number;
  /** Heads of keys, and of values; fewer than those of queries where they share. */
  readonly keyValueHeads: number;
  /** Numbers in one head's key. */
  readonly headSize: number;
}

export interface MemoryQuestion {
  /** Number of weights. */
  readonly parameters: number;
  /** How weights are kept, or bits a weight; those of a file are 8 × its bytes / parameters. */
  readonly precision: Precision | number;
  /** null = unknown: the cache is estimated from the number of weights. */
  readonly attention: AttentionShape | null;
  /** Tokens of prompt and answer together, of one sequence. */
  readonly contextTokens: number;
  /** Sequences held at once. */
  readonly sequences: number;
  /** Bits of a number in the cache; 16 where nobody asked for less. */
  readonly keyValueBits: number;
}

/** Bytes, and what they rest on, in words. */
export interface MemoryPart {
  readonly bytes: number;
  readonly assumption: string;
}

export interface MemoryEstimate {
  /** All parts together. */
  readonly memoryBytes: number;
  readonly weights: MemoryPart;
  readonly keyValueCache: MemoryPart;
  readonly overhead: MemoryPart;
}

/**
 * Numbers cached for a token, as a multiple of the square root of the number of weights, where nobody says how the model is built: more than
 * any of the thirteen models that have a name here needs, for half of them over twice as much.
 */
const VALUES_PER_ROOT = 3;

/** What driver and runtime take without any model, in bytes. */
const RUNTIME_BYTES = 500_000_000;
/** What is computed between layers, as a share of the weights. */
const WORKSPACE_SHARE = 0.05;

/**
 * Bytes of GPU memory that a model takes while it is asked: weights, the keys and values it keeps of the tokens read so far, and what runtime
 * and computation need. An estimate, on the safe side: layers that keep only a window (Gemma 3) are counted as if they kept all.
 *
 * @throws {RangeError} for numbers that are not positive.
 */
export function estimateMemory(question: MemoryQuestion): MemoryEstimate {
  checkPositive({ ...question, ...question.attention, attention: null, precision: null });
  const weights = weightsOf(question);
  const keyValueCache = keyValueCacheOf(question);
  const overhead = {
    bytes: RUNTIME_BYTES + Math.ceil(WORKSPACE_SHARE * weights.bytes),
    assumption: `assumed: ${RUNTIME_BYTES / 1e6} MB for the runtime, ${100 * WORKSPACE_SHARE} % of the weights to compute in`,
  };
  const memoryBytes = weights.bytes + keyValueCache.bytes + overhead.bytes;
  return { memoryBytes, weights, keyValueCache, overhead };
}

function weightsOf({ parameters, precision }: MemoryQuestion): MemoryPart {
  const bits = typeof precision === 'number' ? precision : BITS_PER_WEIGHT[precision];
  checkPositive({ bitsPerWeight: bits });
  const name = typeof precision === 'number' ? '' : ` (${precision})`;
  return {
    bytes: Math.ceil((parameters * bits) / 8),
    assumption: `${parameters} weights of ${Number(bits.toPrecision(5))} bits${name}`,
  };
}

function keyValueCacheOf(question: MemoryQuestion): MemoryPart {
  const { parameters, attention, contextTokens, sequences, keyValueBits } = question;
  const values =
    attention === null
      ? VALUES_PER_ROOT * Math.sqrt(parameters)
      : 2 * attention.layers * attention.keyValueHeads * attention.headSize;
  const origin =
    attention === null
      ? `estimated as ${VALUES_PER_ROOT} × √parameters, an upper bound for usual models`
      : `2 × ${attention.layers} layers × ${attention.keyValueHeads} heads × ${attention.headSize}`;
  return {
    bytes: Math.ceil((values * contextTokens * sequences * keyValueBits) / 8),
    assumption: `${Math.ceil(values)} numbers a token (${origin}) of ${keyValueBits} bits, ${contextTokens} tokens × ${sequences} at once`,
  };
}

function checkPositive(numbers: Readonly<Record<string, number | null>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (value !== null && !(value > 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${name}: expected a positive number, received ${value}`);
    }
  }
}
