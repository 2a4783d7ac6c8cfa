import { expect, it } from 'vitest';
import { explorerData } from '../../../test/support/explorer-data.ts';
import { explorerCandidate, explorerTask } from '../../../test/support/explorer-tasks.ts';
import { packExplorer } from '../../report/explorer/pack-explorer.ts';
import { ExplorerModel, TASKS_A_PAGE } from './model.ts';

it('walks through what is shown, in the order of the list', () => {
  const model = new ExplorerModel(explorerData, () => null);
  expect(model.current?.key).toBe('small/a1');
  model.sort('candidates');
  model.filter({ kind: 'failed' });
  expect(model.shown.map(({ key }) => key)).toEqual([
    'small/a3',
    'small/a4',
    'small/c1',
    'big+1/c1',
    'small/b1',
  ]);
  expect(model.current?.key).toBe('small/a3');
  expect(model.keyAt(-1)).toBeNull();
  expect(model.keyAt(2)).toBe('small/c1');
});

it('shows a candidate by its key, without the filters that hide it', () => {
  const model = new ExplorerModel(explorerData, () => null);
  model.filter({ kind: 'passed', judge: 1 });
  expect(model.show('small/a2')).toBe(true);
  expect(model.filters.kind).toBe('passed');
  expect(model.show('big+1/c1')).toBe(true);
  expect(model.filters).toMatchObject({ kind: 'all', judge: 1 });
  expect(model.show('small/none')).toBe(false);
  expect(model.current?.key).toBe('big+1/c1');
});

it('has nothing to show where nothing passes, and finds back', () => {
  const model = new ExplorerModel(explorerData, () => null);
  let told = 0;
  model.watch(() => told++);
  model.filter({ text: 'no such thing' });
  expect([model.current, model.shown.length, model.pages]).toEqual([null, 0, 1]);
  model.clearFilters();
  expect(model.current?.key).toBe('small/a1');
  expect(told).toBe(2);
});

it('turns to the page of the current candidate', () => {
  const tasks = Array.from({ length: 60 }, (_, task) =>
    explorerTask(
      `t${task}`,
      Array.from({ length: 5 }, (__, index) => explorerCandidate(`${task}-${index}`, 'passed')),
    ),
  );
  const study = { name: 'long', digest: 'd' };
  const model = new ExplorerModel(packExplorer({ tasks, judges: [], study }).data, () => null);
  expect(model.pages).toBe(3);
  expect(model.pageGroups).toHaveLength(TASKS_A_PAGE);
  expect(model.pageGroups.filter(({ task }) => model.isOpen(task)).map(({ task }) => task.id)).toEqual([
    't0',
  ]);
  model.show('small/29-4');
  expect(model.page).toBe(1);
  expect(model.pageGroups.filter(({ task }) => model.isOpen(task)).map(({ task }) => task.id)).toEqual([
    't29',
  ]);
  model.turnTo(99);
  expect(model.page).toBe(2);
});
