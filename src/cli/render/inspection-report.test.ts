import { expect, it } from 'vitest';
import { dropReasonSchema, type InspectionReport, type TaskInspection } from '../../contracts/inspection.ts';
import { inspectionReport } from './inspection-report.ts';
import { inspectionStatus } from './inspection-status.ts';

const task = (taskId: string, more: Partial<TaskInspection> = {}): TaskInspection => ({
  taskId,
  verdict: 'kept',
  reason: null,
  evidence: null,
  checks: [],
  repeats: [],
  warnings: [],
  referenceMs: 1,
  ...more,
});
const warned = (taskId: string) =>
  task(taskId, { warnings: [{ kind: 'few-assertions', detail: '2 found' }] });

const report = (tasks: readonly TaskInspection[]): InspectionReport => ({
  source: 'tasks.jsonl',
  counts: {
    tasks: tasks.length,
    dropped: dropReasonSchema.options.map((reason) => ({
      reason,
      tasks: tasks.filter((one) => one.reason === reason).length,
    })),
    notInspected: tasks.filter(({ verdict }) => verdict === 'not-inspected').length,
    kept: tasks.filter(({ verdict }) => verdict === 'kept').length,
  },
  parameters: {
    seeds: [0, 1, 2],
    runners: { java: `java 17 libraries none runner ${'c1'.repeat(6)}`, go: `go ${'ab'.repeat(32)}` },
    sandbox: 'bubblewrap',
    limits: {},
  },
  tasks: [...tasks],
  notices: ['no results are recorded'],
  durationMs: 61_000,
});

it('counts by reason in the order of the checks, then names tasks with what was seen', () => {
  const text = inspectionReport(
    report([
      ...['w1', 'w2', 'w3', 'w4', 'w5'].map(warned),
      task('weak', { verdict: 'dropped', reason: 'dummy-passes', evidence: '`return 0;` passes all tests' }),
      task('long', { verdict: 'dropped', reason: 'reference-fails', evidence: `a\n  b ${'c'.repeat(500)}` }),
      task('open', { verdict: 'not-inspected', reason: 'no-tests', evidence: 'the task has no tests' }),
    ]),
  );
  expect(text.replace(/ +/g, ' ').replace(/c{9,}/, 'ccc')).toBe(
    [
      'tasks.jsonl: 8 tasks inspected with java 17, go, 3 runs each for flakiness (1 min 1 s)',
      '',
      'tasks 8',
      '- its own solution fails 1',
      '- an empty body passes 0',
      '- a constant passes 1',
      '- the tests never compile 0',
      '- a body that throws passes 0',
      '- outcomes change from run to run 0',
      '- not inspected 1',
      '= kept 5',
      '',
      'dropped',
      'weak a constant passes `return 0;` passes all tests',
      'long its own solution fails a b ccc…',
      '',
      'not inspected',
      'open no tests the task has no tests',
      '',
      'kept, with warnings',
      '5 fewer than three checks w1 (2 found), w2 (2 found), w3 (2 found), 2 more',
      'note: no results are recorded',
    ].join('\n'),
  );
});

it('names of many weak tasks what there is room for', () => {
  const long = (taskId: string) =>
    task(taskId, { warnings: [{ kind: 'no-solution', detail: 'x'.repeat(70) }] });
  const text = inspectionReport(report(['a', 'b', 'c', 'd'].map(long)));
  expect(text).toMatch(/a \(x{70}\), 3 more/);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(130);
  const longest = task('a', { warnings: [{ kind: 'no-solution', detail: 'x'.repeat(700) }] });
  expect(inspectionReport(report([longest]))).toMatch(/a \(x{86}…\n/);
});

it('says nothing of what there is not', () => {
  const text = inspectionReport({ ...report([task('a')]), notices: [] });
  expect(text).toMatch(/= kept +1$/);
  expect(text).not.toMatch(/dropped|not inspected|warnings/);
});

it('shows how far an inspection is and how long it takes', () => {
  const shown: string[] = [];
  let clock = 0;
  const update = inspectionStatus(
    { status: (text) => shown.push(text), note: () => undefined, done: () => undefined },
    () => clock,
  );
  clock = 10_000;
  update({ done: 500, total: 2_000, dropped: 3 });
  expect(shown).toEqual(['[█████░░░░░░░░░░░░░░░] 25 % inspected 500 of 2,000 tasks, 3 dropped, 30 s left']);
});
