import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { faultOf } from '../../../test/support/fault-of.ts';
import { gpuCatalogue } from './gpu-catalogue.ts';

const ROOT = join(import.meta.dirname, '../../..');
const shipped = gpuCatalogue(parse(readFileSync(join(ROOT, 'data/gpus.yaml'), 'utf8')), 'data/gpus.yaml');
const facts = { memoryGb: 24, dollars: 700, asOf: '2026-03-01', source: 'our dealer' };

describe('the catalogue that comes with the package', () => {
  it('is in the package', () => {
    const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: string[] };
    expect(files).toContain('data');
  });

  it.each([
    ['RTX 3060 12 GB', 12, 300],
    ['RTX 3090 24 GB', 24, 1000],
    ['L40S 48 GB', 48, 7500],
    ['A100 80 GB', 80, 17500],
  ])('has the price of the paper for %s', (name, memoryGb, dollars) => {
    expect(shipped.find((gpu) => gpu.name === name)).toMatchObject({ memoryGb, dollars, asOf: '2025-07' });
  });

  it('names the memory in every name, and no address in any source', () => {
    for (const { name, memoryGb, source } of shipped) {
      expect(name.endsWith(` ${memoryGb} GB`)).toBe(true);
      expect(source).not.toMatch(/:\/\/|www\./);
    }
  });
});

describe('a catalogue of the user', () => {
  it('replaces entries where they stand and adds others', () => {
    const own = { gpus: { 'RTX 3090 24 GB': facts, 'Ours 24 GB': facts } };
    const all = gpuCatalogue(own, 'own.yaml', shipped);
    expect(all.map(({ name }) => name)).toEqual([...shipped.map(({ name }) => name), 'Ours 24 GB']);
    const entry = { ...facts, name: 'RTX 3090 24 GB', bandwidthGbPerSecond: null, powerWatts: null };
    expect(all.find(({ name }) => name === 'RTX 3090 24 GB')).toEqual(entry);
  });

  it('stands alone if it says so', () => {
    const own = { replace: true, gpus: { 'Ours 24 GB': facts } };
    expect(gpuCatalogue(own, 'own.yaml', shipped).map(({ name }) => name)).toEqual(['Ours 24 GB']);
  });

  it.each([
    [{ gpus: { X: { ...facts, dollars: -1 } } }, /^own\.yaml: GPU "X": dollars: expected .*, received -1$/],
    [{ gpus: { X: { ...facts, memoryGB: 3 } } }, /^own\.yaml: GPU "X": unknown key "memoryGB"$/],
    [
      { gpus: { X: { ...facts, asOf: 'July' } } },
      /^own\.yaml: GPU "X": asOf: expected a month or a day, .*"July"$/,
    ],
    [
      { gpus: { X: { ...facts, asOf: 2025 } } },
      /^own\.yaml: GPU "X": asOf: expected a month or a day, .*2025$/,
    ],
    [{ gpus: { X: null } }, /^own\.yaml: GPU "X": value: expected object, received null$/],
    [{ gpu: {} }, /^own\.yaml: .*unknown key "gpu"/],
    [[], /^own\.yaml: value: expected object, received \[\]$/],
  ])('is refused with file and entry: %j', async (own, message) => {
    const refused = Promise.try(() => gpuCatalogue(own, 'own.yaml', shipped));
    expect(await faultOf(refused)).toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
  });
});
