import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BITS_PER_WEIGHT } from '../../contracts/precisions.ts';
import { TENSOR_BLOCKS } from '../../io/gguf/tensor-types.ts';
import { MODEL_ENTRIES } from '../../models/registry.ts';
import { type AttentionShape, estimateMemory, type MemoryQuestion } from './estimate-memory.ts';

const question: MemoryQuestion = {
  parameters: 135_000_000,
  precision: 'fp16',
  attention: { layers: 30, keyValueHeads: 3, headSize: 64 },
  contextTokens: 1,
  sequences: 1,
  keyValueBits: 16,
};

/** Layers, heads of keys and values, size of a head, as the models' authors publish them. */
const SHAPES: Readonly<Record<string, readonly [number, number, number]>> = {
  'smollm2-135m': [30, 3, 64],
  'deepseek-coder-1.3b': [24, 16, 128],
  'deepseek-coder-33b': [62, 8, 128],
  'opencoder-1.5b': [24, 14, 160],
  'opencoder-8b': [32, 8, 128],
  'qwen2.5-coder-0.5b': [24, 2, 64],
  'qwen2.5-coder-3b': [36, 2, 128],
  'qwen2.5-coder-32b': [64, 8, 128],
  'phi-4-mini': [32, 8, 128],
  'phi-4': [40, 10, 128],
  'gemma-3-4b': [34, 4, 256],
  'gemma-3-27b': [62, 16, 128],
  'llama-3.2-3b': [28, 8, 128],
};

function cacheOf(name: string, isKnown: boolean): number {
  const entry = MODEL_ENTRIES.find((model) => model.name === name);
  const [layers, keyValueHeads, headSize] = SHAPES[name] as [number, number, number];
  const attention: AttentionShape | null = isKnown ? { layers, keyValueHeads, headSize } : null;
  const { parameters } = entry as { parameters: number };
  return estimateMemory({ ...question, parameters, attention }).keyValueCache.bytes;
}

describe('the cache of keys and values', () => {
  it('takes 23 kB a token of SmolLM2-135M at 16 bits', () => {
    expect(estimateMemory(question).keyValueCache.bytes).toBe(23_040);
    expect(estimateMemory({ ...question, keyValueBits: 8.5 }).keyValueCache.bytes).toBe(12_240);
  });

  it('grows with tokens and sequences', () => {
    const { keyValueCache } = estimateMemory({ ...question, contextTokens: 4096, sequences: 10 });
    expect(keyValueCache.bytes).toBe(23_040 * 4096 * 10);
    expect(keyValueCache.assumption).toBe(
      '11520 numbers a token (2 × 30 layers × 3 heads × 64) of 16 bits, 4096 tokens × 10 at once',
    );
  });

  it('is estimated from the weights as at least what any named model needs, for half of them over twice that', () => {
    const ratios = Object.keys(SHAPES).map((name) => cacheOf(name, false) / cacheOf(name, true));
    expect(Object.keys(SHAPES).sort()).toEqual(MODEL_ENTRIES.map(({ name }) => name).sort());
    expect(Math.min(...ratios)).toBeGreaterThan(1);
    expect(ratios.sort((a, b) => a - b)[6]).toBeGreaterThan(2);
    expect(Math.max(...ratios)).toBeLessThan(12);
  });
});

describe('the weights', () => {
  it('take their bits', () => {
    expect(estimateMemory(question).weights).toEqual({
      bytes: 270_000_000,
      assumption: '135000000 weights of 16 bits (fp16)',
    });
    expect(estimateMemory({ ...question, precision: 5 }).weights.bytes).toBe(84_375_000);
  });

  it.each([
    ['q4_0', 2],
    ['q4_1', 3],
    ['q5_0', 6],
    ['q5_1', 7],
    ['q8_0', 8],
    ['q6_k', 14],
  ] as const)('of %s take the bits of the block in a file', (name, type) => {
    const [values, bytes] = TENSOR_BLOCKS[type] as readonly [number, number];
    expect(BITS_PER_WEIGHT[name]).toBe((8 * bytes) / values);
  });

  it('of files with q4_k_m are within 13 % from 3 B on, and within 3 % from 15 B on', () => {
    const files = MODEL_ENTRIES.filter(
      ({ sources, sizeBytes }) => sizeBytes !== null && /q4_k_m/i.test(sources[0]),
    );
    for (const { parameters, sizeBytes } of files.filter((file) => file.parameters > 3e9)) {
      const { bytes } = estimateMemory({ ...question, parameters, precision: 'q4_k_m' }).weights;
      const error = Math.abs(bytes / (sizeBytes as number) - 1);
      expect(error).toBeLessThan(parameters > 14e9 ? 0.03 : 0.13);
    }
    expect(files.length).toBeGreaterThan(6);
  });
});

it('adds the runtime and room to compute', () => {
  const { memoryBytes, overhead } = estimateMemory(question);
  expect(overhead).toEqual({
    bytes: 513_500_000,
    assumption: 'assumed: 500 MB for the runtime, 5 % of the weights to compute in',
  });
  expect(memoryBytes).toBe(270_000_000 + 23_040 + 513_500_000);
});

it('is in whole bytes and never less for more', () => {
  const some = fc.record({
    parameters: fc.integer({ min: 1, max: 1e12 }),
    precision: fc.double({ min: 1, max: 32, noNaN: true }),
    contextTokens: fc.integer({ min: 1, max: 1e6 }),
    sequences: fc.integer({ min: 1, max: 64 }),
  });
  fc.assert(
    fc.property(
      some,
      fc.constantFrom('parameters', 'precision', 'contextTokens', 'sequences'),
      (given, more) => {
        const asked = { ...question, ...given, attention: null };
        const { memoryBytes } = estimateMemory(asked);
        expect(Number.isInteger(memoryBytes)).toBe(true);
        const larger = estimateMemory({ ...asked, [more]: asked[more] * 2 });
        expect(larger.memoryBytes).toBeGreaterThanOrEqual(memoryBytes);
      },
    ),
  );
});

it('refuses what is no size', () => {
  expect(() => estimateMemory({ ...question, parameters: 0 })).toThrow(
    'parameters: expected a positive number',
  );
  expect(() => estimateMemory({ ...question, precision: Number.NaN })).toThrow(RangeError);
  const attention = { layers: 30, keyValueHeads: 0, headSize: 64 };
  expect(() => estimateMemory({ ...question, attention })).toThrow('keyValueHeads');
});
