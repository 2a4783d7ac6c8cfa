import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRows } from './choose-rows.ts';

const rules = { seed: 1, limit: null, balanceTasks: false };
const candidates = fc.array(
  fc.record({ taskId: fc.constantFrom('a', 'b', 'c'), label: fc.constantFrom<0 | 1>(0, 1) }),
);

describe('chooseRows', () => {
  it('keeps all in their order when nothing is asked', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        expect(chooseRows(list, rules)).toEqual(list);
      }),
    );
  });

  it('keeps at most as many as asked, the same for the same seed, in the order they came', () => {
    const list = Array.from({ length: 20 }, (_, index) => ({ taskId: 'a', label: 1 as const, index }));
    const chosen = chooseRows(list, { ...rules, limit: 5 });
    expect(chosen).toHaveLength(5);
    expect(chosen.map(({ index }) => index)).toEqual(
      chosen.map(({ index }) => index).toSorted((a, b) => a - b),
    );
    expect(chooseRows(list, { ...rules, limit: 5 })).toEqual(chosen);
    expect(chooseRows(list, { ...rules, limit: 5, seed: 2 })).not.toEqual(chosen);
  });

  it('balances the classes of each task', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const chosen = chooseRows(list, { ...rules, balanceTasks: true });
        for (const task of ['a', 'b', 'c']) {
          const count = (from: typeof list, label: number) =>
            from.filter((row) => row.taskId === task && row.label === label).length;
          const each = Math.min(count(list, 0), count(list, 1));
          expect([count([...chosen], 0), count([...chosen], 1)]).toEqual([each, each]);
        }
      }),
    );
  });
});
