import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StudyPlan } from '../../src/contracts/study-plan.ts';
import type { StudyReport, StudyTimes } from '../../src/contracts/study-report.ts';
import type { StudyStatus } from '../../src/contracts/study-status.ts';
import { problem, titled } from '../execute/attack-bench.ts';
import { temporaryFolder } from '../support/tiny-model.ts';
import { writeTinyStudy } from '../support/tiny-study.ts';
import { runCodejury } from './run-codejury.ts';
import { noTerminal, talkOnTerminal } from './talk-on-terminal.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const home = folder.path('home');
let file = '';
beforeAll(async () => {
  file = await writeTinyStudy(folder.path('study'), { tasks: 6 });
});

const study = (command: string, ...more: string[]) =>
  runCodejury(['study', command, file, '--out', folder.path('out'), ...more], { home });

async function documentOf<T>(command: string, ...more: string[]): Promise<T> {
  const { status, stdout, stderr } = await study(command, '--json', ...more);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

const change = (fields: Readonly<Record<string, unknown>>) => {
  const config = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...config, ...fields }));
};

describe.skipIf(problem !== null)(titled('codejury study'), () => {
  it('says what it takes, first by counts, then by what a pilot measures', async () => {
    expect(await documentOf<StudyStatus>('status')).toMatchObject({ state: 'new', process: null });
    const counted = await documentOf<StudyPlan>('plan', '--no-pilot');
    expect(counted.stages.find(({ id }) => id === 'verdicts-pool')).toMatchObject({
      state: 'to-do',
      work: { samples: 0, executions: 0, judgements: 48, likelihoods: 0 },
      seconds: null,
      dollars: 0,
    });
    expect(counted.total.unknownTime).toHaveLength(7);
    const measured = await documentOf<StudyPlan>('plan', '--quiet');
    expect(measured.total.unknownTime).toEqual([]);
    expect(measured.total.hours).toBeGreaterThan(0);
    expect(measured.above).toEqual([]);
  });

  it('asks above its limits, and without a terminal refuses', async () => {
    change({ askAbove: { hours: 0 } });
    const refused = await study('run');
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toContain('more than 0 hours');
    expect(refused.stderr).toContain('hint: --yes runs it');
  });

  it.skipIf(noTerminal !== null)(`on a terminal takes no for an answer ${noTerminal ?? ''}`, async () => {
    const args = ['study', 'run', file, '--out', folder.path('out')];
    const { status, shown } = await talkOnTerminal(args, ['no\r'], { home });
    expect(status).toBe(130);
    expect(shown).toContain('more than 0 hours');
  });

  it('runs, with nothing on its streams but the document', async () => {
    const { status, stdout, stderr } = await study('resume', '--yes', '--json', '--quiet');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `nothing was begun in ${folder.path('out')}: it is run from the start\n`,
    });
    const report = JSON.parse(stdout) as StudyReport;
    expect(report.generators.map(({ name }) => name)).toEqual(['writer', 'pool']);
    // The generator's file and one a judge; the larger model is the generator's file. Who wrote the pool nobody knows.
    const loaded = report.costs.rows
      .filter(({ n }) => n !== 2)
      .map(({ generator, name, gpus }) => [
        generator,
        name,
        gpus?.reduce((sum, { count }) => sum + count, 0),
      ]);
    expect(loaded).toEqual([
      ['writer', 'single candidate', 1],
      ['writer', 'team of yes', 2],
      ['writer', 'team of yes + no', 3],
      ['pool', 'single candidate', undefined],
      ['pool', 'team of yes', undefined],
      ['pool', 'team of yes + no', undefined],
      [null, 'large', 1],
    ]);
    const times = JSON.parse(readFileSync(folder.path('out/times.json'), 'utf8')) as StudyTimes;
    expect(times.measured).toMatchObject([
      { writer: 'writer', perSample: expect.any(Number), judgements: [{ judge: 'yes' }, { judge: 'no' }] },
      { writer: 'pool', perSample: null, judgements: [{ seconds: expect.any(Number) }, {}] },
      { writer: 'large', perSample: expect.any(Number), judgements: [] },
    ]);
    const finished = await documentOf<StudyStatus>('status');
    expect(finished).toMatchObject({ state: 'finished', process: null });
    // The pilot's are among them: six tasks, four samples and one of the larger model.
    using results = new DatabaseSync(join(home, 'results.sqlite'), { readOnly: true });
    const count = results.prepare("select count(*) as count from result where kind = 'sample'").get()?.count;
    expect(count).toBe(6 * (4 + 1));
    // Nothing is left to ask about.
    expect((await study('run', '--quiet')).status).toBe(0);
  });

  it('says what has changed before it runs it again', async () => {
    change({ askAbove: {}, repetitions: 3 });
    const { stages } = await documentOf<StudyStatus>('status');
    expect(stages.find(({ id }) => id === 'choices-pool')).toMatchObject({
      state: 'changed',
      changed: ['repetitions'],
    });
    expect(stages.find(({ id }) => id === 'verdicts-pool')?.state).toBe('finished');
    const { status, stderr } = await study('run');
    expect(status).toBe(0);
    expect(stderr).toContain('verdicts on the candidates of pool: on record');
    expect(stderr).toContain(
      'choices among the candidates of pool: runs again, for this has changed: repetitions',
    );
  });

  it.skipIf(noTerminal !== null)(`draws a dashboard on a terminal ${noTerminal ?? ''}`, async () => {
    change({ repetitions: 2 });
    const args = ['study', 'run', file, '--out', folder.path('out')];
    const { status, shown } = await talkOnTerminal(args, [], { home });
    expect(status).toBe(0);
    expect(shown).toMatch(/\] 100 % +10 of 10 stages, \d+ s/);
    // The cursor is back.
    expect(shown.lastIndexOf('\u001b[?25h')).toBeGreaterThan(shown.lastIndexOf('\u001b[?25l'));
  });
});
