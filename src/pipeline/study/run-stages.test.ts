import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { runStages, type StageEvent } from './run-stages.ts';
import type { Resource, Stage, StageRun } from './stage.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const stage = (
  id: string,
  needs: readonly string[],
  uses: readonly Resource[],
  run: (run: StageRun) => Promise<unknown>,
): Stage => ({ id, title: id, needs, uses, files: [], inputs: async () => ({}), run });

const run = (name: string, stages: readonly Stage[], more: { signal?: AbortSignal } = {}) => {
  const events: string[] = [];
  const finished = runStages(stages, {
    folder: folder.path(name),
    cores: { all: 4, model: 3 },
    signal: more.signal ?? new AbortController().signal,
    onEvent: (event: StageEvent) => {
      events.push(event.kind === 'planned' ? 'planned' : `${event.kind} ${event.stage.id}`);
    },
  });
  return { events, finished };
};

it('runs a stage when those it needs are finished, and does not run it again', async () => {
  const nothing = async () => null;
  const stages = [stage('b', [], [], nothing), stage('a', ['b'], [], nothing)];
  const first = run('again', stages);
  await first.finished;
  expect(first.events).toEqual(['planned', 'started b', 'finished b', 'started a', 'finished a']);
  const second = run('again', stages);
  await second.finished;
  expect(second.events).toEqual(['planned', 'reused b', 'reused a']);
});

it('executes beside a model on the cores that it leaves, and on all of them afterwards', async () => {
  const executing = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const seen: number[] = [];
  const model = stage('model', [], ['model'], async () => executing.promise);
  const after = stage('after', ['model'], [], async () => answered.resolve());
  const sandbox = stage('sandbox', [], ['sandbox'], async ({ cores }) => {
    seen.push(cores());
    executing.resolve();
    await answered.promise;
    seen.push(cores());
  });
  await run('beside', [model, sandbox, after]).finished;
  expect(seen).toEqual([1, 4]);
});

it('never runs two that use the same, and gives one that asks and executes in turn all cores', async () => {
  let atWork = 0;
  const seen: (readonly number[])[] = [];
  const alone = async ({ cores }: StageRun) => {
    atWork += 1;
    await Promise.resolve();
    seen.push([atWork, cores()]);
    atWork -= 1;
  };
  const both: readonly Resource[] = ['model', 'sandbox'];
  await run('alone', [stage('x', [], both, alone), stage('y', [], both, alone)]).finished;
  expect(seen).toEqual([
    [1, 4],
    [1, 4],
  ]);
});

it('stops the others when one fails, and tells what went wrong with that one', async () => {
  const failing = stage('failing', [], ['model'], async () => {
    throw new Error('no room');
  });
  const other = stage('other', [], ['sandbox'], async ({ signal }) => {
    await new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Error('stopped'))));
  });
  const { finished, events } = run('failing', [
    other,
    failing,
    stage('never', ['failing'], [], async () => 1),
  ]);
  await expect(finished).rejects.toThrow('no room');
  expect(events).not.toContain('started never');
});
