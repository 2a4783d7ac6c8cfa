import { describe, expect, it } from 'vitest';
import { hashParts } from '../util/hash.ts';
import { createCandidatePool } from './candidate-pool.ts';
import { rejectionCounts } from './rejection-counts.ts';

type Cleaned = Parameters<ReturnType<typeof createCandidatePool>['add']>[1];

const accepted = (code: string, dedupeKey: string): Cleaned => ({ code, dedupeKey, rejected: null });
const broken = (code: string): Cleaned => ({
  code,
  dedupeKey: code,
  rejected: { reason: 'incomplete', detail: 'line 1' },
});

describe('createCandidatePool', () => {
  it('merges equal keys; the first text stands for the group', () => {
    const pool = createCandidatePool('task');
    expect(pool.add(0, accepted('a ', 'A')).isNew).toBe(true);
    expect(pool.add(1, accepted('b', 'B')).isNew).toBe(true);
    const { candidate, isNew } = pool.add(4, accepted('a', 'A'));
    expect(isNew).toBe(false);
    expect(candidate).toEqual({
      id: hashParts('task', 'a ').slice(0, 16),
      taskId: 'task',
      code: 'a ',
      dedupeKey: 'A',
      samples: [0, 4],
      rejected: null,
    });
    expect(pool.list().map(({ code, samples }) => [code, samples])).toEqual([
      ['a ', [0, 4]],
      ['b', [1]],
    ]);
  });

  it('keeps accepted and rejected ones apart', () => {
    const pool = createCandidatePool('task');
    pool.add(0, accepted('a', 'a'));
    expect(pool.add(1, broken('a')).isNew).toBe(true);
    expect(pool.list()).toHaveLength(2);
  });

  it('does not change what it gave away', () => {
    const pool = createCandidatePool('task');
    const { candidate } = pool.add(0, accepted('a', 'A'));
    const listed = pool.list();
    pool.add(1, accepted('a', 'A'));
    expect(candidate.samples).toEqual([0]);
    expect(listed[0]?.samples).toEqual([0]);
  });

  it('refuses samples out of order, twice, or without an index', () => {
    const pool = createCandidatePool('task');
    pool.add(3, accepted('a', 'A'));
    for (const index of [3, 2, -1, 4.5, Number.NaN]) {
      expect(() => pool.add(index, accepted('b', 'B'))).toThrow('sample index above 3');
    }
  });
});

describe('rejectionCounts', () => {
  it('counts samples, not candidates, and leaves out what did not occur', () => {
    const pool = createCandidatePool('task');
    pool.add(0, broken('x'));
    pool.add(1, accepted('a', 'A'));
    pool.add(2, broken('x'));
    pool.add(3, { code: '', dedupeKey: '', rejected: { reason: 'no-code', detail: '' } });
    expect(rejectionCounts(pool.list())).toEqual({ incomplete: 2, 'no-code': 1 });
    expect(rejectionCounts([])).toEqual({});
  });
});
