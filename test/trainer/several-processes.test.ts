import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { TrainOptions } from '../../src/pipeline/train/train-options.ts';
import { trainerFolder } from '../../src/pipeline/train/trainer-environment.ts';
import { writePlan } from '../../src/pipeline/train/write-plan.ts';
import { writeTinyGguf } from '../../src/testing/index.ts';
import { runCodejury } from '../e2e/run-codejury.ts';
import { writeTinyDataset } from '../support/tiny-dataset.ts';
import { temporaryFolder } from '../support/tiny-model.ts';
import { tinyTrainOptions } from '../support/train-options.ts';
import { trainerPython } from './ask-torch.ts';

const { python, reason } = await trainerPython(process.env);
const folder = await temporaryFolder();
afterAll(() => folder.remove());

const env = { CODEJURY_TRAINER_PYTHON: python ?? '', OMP_NUM_THREADS: '1' };
const home = folder.path('home');
/** With batches of 8, the last step of an epoch has half of the rows, all of them in one process. */
const dataset = writeTinyDataset(folder.path('dataset'), { train: 5, validation: 4 });
const model = folder.path('tiny.gguf');
if (python !== null) await writeTinyGguf(model, { contextSize: 2048 });

/** A file of `accelerate config`, as that writes it. */
function accelerateConfig(name: string, settings: Record<string, string | number>): string {
  const values = {
    compute_environment: 'LOCAL_MACHINE',
    distributed_type: 'MULTI_CPU',
    machine_rank: 0,
    mixed_precision: "'no'",
    num_machines: 1,
    num_processes: 2,
    use_cpu: 'true',
    ...settings,
  };
  const file = folder.path(`${name}.yaml`);
  writeFileSync(
    file,
    Object.entries(values)
      .map(([key, value]) => `${key}: ${value}\n`)
      .join(''),
  );
  return file;
}
const two = accelerateConfig('two', {});

/** A run folder; float32, as sums in bfloat16 depend on their order, and by default a checkpoint after every step. */
async function plan(
  name: string,
  settings: Partial<TrainOptions> = {},
  checkpointSeconds = 0.001,
): Promise<string> {
  const places = { dataset, model, out: folder.path(name) };
  const options = {
    ...tinyTrainOptions(places, { epochs: 2, batchSize: 8, ...settings }),
    method: 'lora',
  } as const;
  const method = settings.method === 'full' ? 'full' : 'lora';
  const { out } = await writePlan(folder.path(`plan ${name}`), { ...options, method });
  const file = join(out, 'config.json');
  const config = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const more = { precision: 'float32', microBatchSize: 4, checkpointSeconds };
  writeFileSync(file, JSON.stringify({ ...config, ...more }));
  return out;
}

interface TrainerEnd {
  readonly status: number | null;
  readonly events: readonly Record<string, unknown>[];
}

/** The trainer on a run folder, in one process or as a file of accelerate says; `onLine` may signal the processes, `modules` are found first. */
function trainOnce(
  run: string,
  config: string | null,
  onLine: (line: string, launcher: number) => void = () => undefined,
  modules = '',
): Promise<TrainerEnd> {
  return new Promise((resolve, reject) => {
    const args = config === null ? ['codejury_trainer', run] : ['codejury_trainer.launch', config, run];
    const child = spawn(String(python), ['-m', ...args], {
      env: { ...process.env, ...env, PYTHONPATH: [modules, trainerFolder()].filter(Boolean).join(delimiter) },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      const lines = `${text}${chunk}`.split('\n');
      const known = text.split('\n').length - 1;
      text += String(chunk);
      for (const line of lines.slice(known, -1)) onLine(line, Number(child.pid));
    });
    child.on('error', reject);
    child.on('close', (status) =>
      resolve({
        status,
        events: text
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .map((line) => JSON.parse(line) as Record<string, unknown>),
      }),
    );
  });
}

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);

const of = (end: TrainerEnd, kind: string) => end.events.filter(({ event }) => event === kind);

/** Of losses and metrics, what is a number; times are none of them. */
const numbersOf = (events: TrainerEnd['events']) =>
  events
    .flatMap(({ step, loss, metrics }) => [step, loss, ...Object.values(metrics ?? {})])
    .filter((value) => typeof value === 'number');

const statesOfRandomNumbers = (run: string) => {
  const checkpoints = join(run, 'checkpoints');
  return readdirSync(join(checkpoints, String(readdirSync(checkpoints)[0])))
    .filter((name) => name.startsWith('rng_state'))
    .sort();
};

const weightsOf = (run: string) =>
  (JSON.parse(readFileSync(join(run, 'result/result.json'), 'utf8')) as { files: Record<string, string> })
    .files;

/** Each starts Python several times, which takes most of a minute where other work is under way; in milliseconds. */
const LONGEST = 900_000;

describe.skipIf(python === null)(
  `codejury train in two processes${reason === null ? '' : ` (${reason})`}`,
  { timeout: LONGEST },
  () => {
    it.each([
      ['packs and pairs', { pairwise: 0.5, labelSmoothing: 0.1 }],
      ['all weights, one by one', { method: 'full', objective: 'verdict+feedback', packing: 'none' }],
      ['generator', { objective: 'generate' }],
    ] as const)(
      'sees the same rows in each step as one process, and learns the same: %s',
      async (name, settings) => {
        const one = await plan(`${name}, one`, settings);
        const several = await plan(`${name}, two`, settings);
        const alone = await trainOnce(one, null);
        const together = await trainOnce(several, two);
        expect([alone.status, together.status]).toEqual([0, 0]);
        // One for each process.
        expect(statesOfRandomNumbers(several)).toEqual(['rng_state_0.pth', 'rng_state_1.pth']);
        expect(of(alone, 'step').length).toBeGreaterThan(0);
        for (const kind of ['step', 'evaluated']) {
          expect(numbersOf(of(together, kind))).toEqual(
            numbersOf(of(alone, kind)).map((value) => expect.closeTo(value, 4)),
          );
        }
      },
    );

    it('goes on after kill -9 of all processes in the middle, and comes to the same weights', async () => {
      const whole = await plan('whole', { epochs: 3 });
      const killed = await plan('killed', { epochs: 3 });
      expect((await trainOnce(whole, two)).status).toBe(0);
      let checkpoints = 0;
      const first = await trainOnce(killed, two, (line, launcher) => {
        if (!line.includes('"checkpoint"')) return;
        checkpoints += 1;
        if (checkpoints === 4)
          for (const pid of [launcher, ...childrenOf(launcher)]) process.kill(pid, 'SIGKILL');
      });
      expect(first.status).toBeNull();
      expect(existsSync(join(killed, 'result'))).toBe(false);
      const alone = await trainOnce(killed, null);
      expect(of(alone, 'error')).toMatchObject([
        { code: 'usage', message: expect.stringContaining('by 2 processes') },
      ]);
      const second = await trainOnce(killed, two);
      expect(of(second, 'resumed')).toMatchObject([{ steps: 9 }]);
      expect(second.status).toBe(0);
      expect(weightsOf(killed)).toEqual(weightsOf(whole));
    });

    it('stops with a checkpoint when the launcher is asked to, whichever process hears it first', async () => {
      const run = await plan('stopped', { epochs: 50 });
      const stopped = await trainOnce(run, two, (line, launcher) => {
        if (line.includes('"step": 2,')) process.kill(launcher, 'SIGTERM');
      });
      expect(stopped.status).toBe(3);
      expect(of(stopped, 'stopped')).toHaveLength(1);
      expect(of(stopped, 'error')).toEqual([]);
      const one = await trainOnce(run, two, (line, launcher) => {
        if (line.includes('"event": "step"')) process.kill(Number(childrenOf(launcher).at(-1)), 'SIGTERM');
      });
      expect(of(one, 'resumed')).toHaveLength(1);
      expect(of(one, 'stopped')).toHaveLength(1);
    });

    it.each([
      ['one process', ['codejury_trainer']],
      ['two processes', ['codejury_trainer.launch', two]],
    ] as const)('leaves a checkpoint when the driver dies and its pipes with it: %s', async (name, args) => {
      const run = await plan(`${name}, driver dies`, { epochs: 50, batchSize: 2 }, 600);
      const child = spawn(String(python), ['-m', ...args, run], {
        env: { ...process.env, ...env, PYTHONPATH: trainerFolder(), CODEJURY_TRAINER_WATCH: '1' },
      });
      child.stdout.on('data', (chunk) => {
        if (!String(chunk).includes('"event": "step"')) return;
        for (const pipe of child.stdio.slice(0, 3)) pipe?.destroy();
      });
      await new Promise((resolve) => child.once('exit', resolve));
      expect(existsSync(join(run, 'result'))).toBe(false);
      expect(readdirSync(join(run, 'checkpoints'))).toEqual([expect.stringMatching(/^checkpoint-\d$/)]);
    });

    it('ends all when one fails, and tells why', async () => {
      const failing = folder.path('failing');
      mkdirSync(failing);
      const patch = `import os
if os.environ.get("RANK") == "1":
    from codejury_trainer.callbacks import StopWhenAsked
    def fail(*_, **__):
        raise MemoryError()
    StopWhenAsked.on_step_end = fail
`;
      writeFileSync(join(failing, 'sitecustomize.py'), patch);
      const failed = await trainOnce(await plan('failed'), two, undefined, failing);
      expect(failed.status).toBe(1);
      expect(of(failed, 'error')[0]).toMatchObject({
        code: 'engine',
        message: 'not enough memory for this training',
      });
      const killed = await trainOnce(await plan('lost'), two, (line, launcher) => {
        if (line.includes('"event": "step"')) process.kill(Number(childrenOf(launcher).at(-1)), 'SIGKILL');
      });
      expect(killed.status).toBe(1);
      expect(of(killed, 'error')[0]).toMatchObject({ message: 'another process of this training ended' });
    });

    it('trains from the command line, and tells there what it cannot do', async () => {
      const train = (out: string, config: string, ...more: string[]) =>
        runCodejury(
          [
            ...['train', '--dataset', dataset, '--model', model, '--epochs', '1', '--batch-size', '8'],
            ...[
              '--method',
              'lora',
              '--out',
              folder.path(out),
              '--accelerate-config',
              config,
              '--json',
              ...more,
            ],
          ],
          { home, env },
        );
      const judge = await train('judge', two);
      expect(judge.status).toBe(0);
      expect(JSON.parse(judge.stdout)).toMatchObject({ kind: 'judge', rows: { train: 20, validation: 16 } });
      expect((await train('head', two, '--head', 'probe')).stderr).toContain(
        '--head probe trains in one process',
      );
      const sharded = await train('sharded', accelerateConfig('sharded', { distributed_type: 'FSDP' }));
      expect(sharded.stderr).toMatch(/capability.*received FSDP/s);
      expect((await train('nowhere', folder.path('no.yaml'))).stderr).toContain(
        'is no file of `accelerate config`',
      );
    });
  },
);
