import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashJson, hashParts, hashSeed } from './hash.ts';

it('hashes each part with its length, so that moving a boundary changes the hash', () => {
  expect(hashParts('ab', 'c')).not.toBe(hashParts('a', 'bc'));
  expect(hashParts('ä')).toBe(createHash('sha256').update('2:ä').digest('hex'));
});

it('does not depend on the order of object keys, but on that of lists', () => {
  expect(hashJson({ a: 1, b: { c: 2, d: 3 } })).toBe(hashJson({ b: { d: 3, c: 2 }, a: 1 }));
  expect(hashJson([1, 2])).not.toBe(hashJson([2, 1]));
});

it('gives seeds that every engine accepts, the same each time', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.nat(), (seed, id, index) => {
      const value = hashSeed(seed, id, index);
      expect(Number.isInteger(value) && value >= 0 && value < 2 ** 31).toBe(true);
      expect(hashSeed(seed, id, index)).toBe(value);
    }),
  );
  expect(hashSeed(7, 'task', 0)).not.toBe(hashSeed(7, 'task', 1));
});
