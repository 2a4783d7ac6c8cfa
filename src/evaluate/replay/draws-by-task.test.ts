import { describe, expect, it } from 'vitest';
import { drawsByTask } from './draws-by-task.ts';
import type { ReplayedCandidate, ReplayedDraw } from './replayed-draw.ts';

const draw = (taskId: string, repetition: number, more: Partial<ReplayedDraw> = {}): ReplayedDraw => ({
  ...{ taskId, repetition, samples: [], large: null },
  ...more,
});
const sample = (more: Partial<ReplayedCandidate> = {}, cost = 1) => ({
  candidate: { id: 'a', score: 0.5, meanLogProbability: null, passed: true, judgementCost: 1, ...more },
  cost,
});

describe('drawsByTask', () => {
  it('sorts tasks by id and draws by repetition', () => {
    const given = [draw('b', 10), draw('a', 0), draw('b', 9)];
    expect([...drawsByTask(given)]).toEqual([
      ['a', [draw('a', 0)]],
      ['b', [draw('b', 9), draw('b', 10)]],
    ]);
    expect(drawsByTask([])).toEqual(new Map());
  });

  it('refuses a draw that is there twice', () => {
    expect(() => drawsByTask([draw('a', 1), draw('a', 1)])).toThrow('task a, repetition 1 is there twice');
  });

  it('refuses scores and costs that are no numbers to add up', () => {
    const refused = (more: Partial<ReplayedDraw>, message: string) =>
      expect(() => drawsByTask([draw('a', 0, more)])).toThrow(message);
    const endless = { candidate: null, cost: Number.POSITIVE_INFINITY };
    refused(
      { samples: [sample({ score: Number.NaN })] },
      'candidate a: expected a finite score, received NaN',
    );
    refused({ samples: [sample({}, -1)] }, 'task a, repetition 0: expected costs from 0 on, received -1');
    refused({ samples: [endless] }, 'received Infinity');
    refused({ samples: [sample({ judgementCost: Number.NaN })] }, 'received NaN');
    refused({ large: { passed: true, cost: -2 } }, 'received -2');
  });

  it('refuses one candidate of which samples say different things', () => {
    const samples = [sample(), sample({ passed: false })];
    expect(() => drawsByTask([draw('a', 0, { samples })])).toThrow('differ in what they say of candidate a');
    expect(drawsByTask([draw('a', 0, { samples: [sample(), sample({}, 5)] })]).size).toBe(1);
  });
});
