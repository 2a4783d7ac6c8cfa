import { describe, expect, it } from 'vitest';
import { parseModelReference } from './model-reference.ts';
import { findModelEntry, MODEL_ENTRIES } from './registry.ts';

describe('MODEL_ENTRIES', () => {
  it("holds the embedded default and the paper's models, each once", () => {
    expect(MODEL_ENTRIES.map((entry) => entry.name)).toEqual([
      'smollm2-135m',
      'deepseek-coder-1.3b',
      'deepseek-coder-33b',
      'opencoder-1.5b',
      'opencoder-8b',
      'qwen2.5-coder-0.5b',
      'qwen2.5-coder-3b',
      'qwen2.5-coder-32b',
      'phi-4-mini',
      'phi-4',
      'gemma-3-4b',
      'gemma-3-27b',
      'llama-3.2-3b',
    ]);
  });

  it.each(MODEL_ENTRIES.map((entry) => [entry.name, entry] as const))('%s is sound', (name, entry) => {
    expect(name).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
    for (const source of entry.sources) expect(['hf', 'wheel']).toContain(parseModelReference(source).kind);
    if (entry.sha256 !== null) expect(entry.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(entry.sizeBytes === null).toBe(entry.sha256 === null);
    if (entry.digestVerified) expect(entry.sha256).not.toBeNull();
    else expect(entry.note).toMatch(/not downloaded by the codejury project/);
    const { temperature, topP, topK } = entry.sampling;
    expect(temperature ?? 1).toBeGreaterThanOrEqual(0);
    expect(topP ?? 1).toBeGreaterThan(0);
    expect(topP ?? 1).toBeLessThanOrEqual(1);
    expect(topK ?? 0).toBeGreaterThanOrEqual(0);
  });

  it('says so where a revision is not pinned', () => {
    for (const entry of MODEL_ENTRIES) {
      const references = entry.sources.map((source) => parseModelReference(source));
      const pinned = references.every(
        (reference) => reference.kind !== 'hf' || /^[0-9a-f]{40}$/.test(reference.revision),
      );
      expect(entry.note.includes('revision not pinned: could not be verified here')).toBe(!pinned);
    }
  });
});

describe('findModelEntry', () => {
  it('ignores case and knows when there is none', () => {
    expect(findModelEntry('Phi-4')?.name).toBe('phi-4');
    expect(findModelEntry('phi')).toBeNull();
  });
});
