import { expect, it } from 'vitest';
import { stageTime } from './stage-time.ts';
import { NO_WORK } from './stage-work.ts';

const counted = (expected: Readonly<Record<string, number>>) => ({
  work: NO_WORK,
  expected: new Map(Object.entries(expected)),
});
const rates = (work: Readonly<Record<string, { done: number; seconds: number }>>, id = 'own') =>
  [id, { inputs: '', work, found: null }] as const;
const timeOf = (expected: Readonly<Record<string, number>>, ...all: ReturnType<typeof rates>[]) =>
  stageTime('own', counted(expected), new Map(all));

it('adds up the work of a stage at the rates that were measured', () => {
  const measured = rates({ generating: { done: 10, seconds: 5 }, executing: { done: 8, seconds: 2 } });
  expect(timeOf({ generating: 100, executing: 80 }, measured)).toEqual({
    seconds: 50 + 20,
    from: 'generating: 10 in 5.00 s, executing: 8 in 2.00 s',
  });
});

it('is unknown where a rate is missing, unless there is nothing to do at it', () => {
  const measured = rates({ generating: { done: 10, seconds: 5 } });
  expect(timeOf({ generating: 1, executing: 1 }, measured)).toEqual({
    seconds: null,
    from: 'not measured: executing',
  });
  expect(timeOf({ generating: 1, executing: 0 }, measured).seconds).toBe(0.5);
  expect(timeOf({ generating: 1 })).toEqual({ seconds: null, from: 'not measured' });
});

it('takes the rate of executing from another stage where its own found all on record', () => {
  const other = rates({ executing: { done: 4, seconds: 2 } }, 'other');
  expect(timeOf({ executing: 10 }, rates({}), other).seconds).toBe(5);
  expect(timeOf({ generating: 10 }, rates({}), other).seconds).toBeNull();
});

it('takes all rankers by their tasks, and what they learn from once', () => {
  const measured = rates({
    'log-likelihood': { done: 2, seconds: 4 },
    'judge:mine': { done: 2, seconds: 2 },
    'shallow, training': { done: 50, seconds: 10 },
    'reading samples': { done: 500, seconds: 1 },
  });
  expect(timeOf({ ranking: 20 }, measured).seconds).toBe(40 + 20 + 10);
  expect(timeOf({ ranking: 20 }, rates({})).seconds).toBeNull();
});
