import { describe, expect, it } from 'vitest';
import type { Stage, StageProgress } from '../../pipeline/study/stage.ts';
import { createStudyBoard } from './study-board.ts';

const stageOf = (id: string, title: string): Stage => ({
  id,
  title,
  needs: [],
  uses: [],
  files: [],
  inputs: async () => ({}),
  run: async () => null,
});
const stages = [
  stageOf('tasks', 'tasks'),
  stageOf('verdicts', 'verdicts on the candidates of a generator with a long name'),
  stageOf('statistics', 'statistics'),
];

function boardOf() {
  let nowMs = 0;
  const board = createStudyBoard(() => nowMs);
  board.update({ kind: 'planned', stages });
  const [tasks, verdicts] = stages;
  if (tasks === undefined || verdicts === undefined) throw new Error('no stages');
  return {
    ...{ board, tasks, verdicts },
    progress: (progress: StageProgress) => board.update({ kind: 'progress', stage: verdicts, progress }),
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('the board of a study', () => {
  it('shows what runs with bar, rate and the time that is left, what waits, and all of it', () => {
    const { board, tasks, verdicts, progress, wait } = boardOf();
    board.update({ kind: 'reused', stage: tasks });
    board.update({ kind: 'started', stage: verdicts, changed: [] });
    progress({ what: 'judging', done: 0, total: 400 });
    wait(50_000);
    progress({ what: 'judging', done: 100, total: 400, failures: 3 });
    board.update({ kind: 'notice', stage: verdicts, text: 'a model is slow' });
    expect(board.lines(79, 24)).toEqual([
      '[██░░░░] 25 %   verdicts on…a long name  100/400 2.0/s 2 min 30 s left 3 failed',
      '                statistics                                                waits',
      '[██░░░░] 33 %   1 of 3 stages, 50 s, 3 failures, 1 notice',
    ]);
    expect(board.lines(119, 24)[0]).toBe(
      '[███░░░░░░░░░] 25 %   verdicts on the candidat…nerator with a long name  judging 100/400 2.0/s 2 min 30 s left 3 failed',
    );
  });

  it.each([20, 40, 79, 200])('is no wider than %i columns', (columns) => {
    const { board, verdicts, progress, wait } = boardOf();
    board.update({ kind: 'started', stage: verdicts, changed: [] });
    progress({ what: 'judging', done: 0, total: 1e6 });
    wait(1000);
    progress({ what: 'judging', done: 12_345, total: 1e6 });
    for (const line of board.lines(columns, 24)) expect([...line].length).toBeLessThanOrEqual(columns);
  });

  it('shows what runs where there is no room for all, and how many are not shown', () => {
    const { board, verdicts } = boardOf();
    board.update({ kind: 'started', stage: verdicts, changed: [] });
    const lines = board.lines(79, 3);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('starts');
    expect(lines[1]).toBe('2 more stages');
  });
});
