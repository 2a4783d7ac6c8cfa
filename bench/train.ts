import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Task } from '../src/contracts/task.ts';
import { prepareRun } from '../src/pipeline/train/prepare-run.ts';
import { findTrainerPython, trainerFolder } from '../src/pipeline/train/trainer-environment.ts';
import { listBundledTasks } from '../src/tasks/bundled-tasks.ts';
import { tinyTrainOptions } from '../test/support/train-options.ts';
import { median } from './median.ts';
import { benchModelOptions } from './open-bench-model.ts';

const TASKS = 2;
const VALIDATION_TASKS = 1;
/** In characters: about 80 tokens. */
const CODE_LENGTH = 300;
const CANDIDATES_PER_TASK = 8;
const TARGET = 0.8;

/** What the Python side tells of one way of training; costs are wall and processor time in seconds, one pair a round. */
interface Measured {
  readonly way: string;
  /** Of a round; tokens as they are computed, padding included. */
  readonly rows: number;
  readonly tokens: number;
  /** What keeping states of all rows cost, of processor time. */
  readonly prepared: number;
  readonly ours: readonly (readonly [number, number])[];
  readonly bare: readonly (readonly [number, number])[];
}

/**
 * Tokens per second of the trainer against a bare loop (forward, backward, step) of the same model on the same batches, after an epoch
 * of warming up; and the same rows trained in other ways: fewer layers, kept states of the layers below, rows one by one, float32. A
 * LoRA on all matrices. Target: at least 0.8. Needs the Python that `codejury train` uses; OMP_NUM_THREADS sets its threads.
 */
export async function run(): Promise<void> {
  const python = await findTrainerPython(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'codejury-bench-'));
  try {
    const { path } = await benchModelOptions({ threads: null, batching: 'auto' });
    const dataset = join(folder, 'dataset');
    await writeDataset(dataset);
    const runFolder = join(folder, 'run');
    await mkdir(runFolder);
    await prepareRun(runFolder, {
      ...tinyTrainOptions({ dataset, model: path, out: folder }, { batchSize: 8, rank: 16 }),
      method: 'lora',
    });
    const load = loadavg().map((value) => value.toFixed(1));
    console.log(`train: batches of 8 rows, ${availableParallelism()} cores, load ${load.join(' ')}`);
    let first: Measured | null = null;
    for await (const measured of measure(python, runFolder)) {
      first ??= measured;
      report(measured, first);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function* measure(python: string, folder: string): AsyncGenerator<Measured> {
  const child = spawn(python, [join(import.meta.dirname, 'train.py'), folder], {
    env: {
      ...process.env,
      PYTHONPATH: trainerFolder(),
      PYTHONWARNINGS: 'ignore',
      TQDM_DISABLE: '1',
      TRANSFORMERS_VERBOSITY: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{"way"')) yield JSON.parse(line) as Measured;
  }
  const status = await ended;
  if (status !== 0) throw new Error(`the Python side ended with ${status}`);
}

function report(measured: Measured, first: Measured): void {
  const { way, rows, tokens, prepared, ours, bare } = measured;
  const cost = (of: Measured, kind: 0 | 1) => median(of.ours.map((round) => round[kind]));
  const ratio = (kind: 0 | 1) =>
    median(ours.map((round, index) => (bare[index]?.[kind] ?? Number.NaN) / round[kind]));
  const perSecond = (kind: 0 | 1) =>
    `${(rows / cost(measured, kind)).toFixed(2)} rows/s, ${(tokens / cost(measured, kind)).toFixed(0)} tokens/s`;
  const gain = measured === first ? '' : `, ${(cost(first, 1) / cost(measured, 1)).toFixed(2)}x the first`;
  const [wall, cpu] = [ratio(0), ratio(1)];
  console.log(`${way}: ${tokens} tokens in ${rows} rows`);
  console.log(`  ${perSecond(0)}; by processor time ${perSecond(1)}${gain}`);
  console.log(
    `  against the bare loop: ${wall.toFixed(3)} by wall time, ${cpu.toFixed(3)} by processor time (target ${TARGET}: ${cpu >= TARGET ? 'met' : 'MISSED'})`,
  );
  if (way.endsWith('kept'))
    console.log(`  keeping the states of all rows took ${prepared.toFixed(1)} s of processor time, once`);
}

/** Bundled tasks with short descriptions, each with its own solution in several forms; half of them count as wrong, which costs the same. */
async function writeDataset(folder: string): Promise<void> {
  const oddness = ({ description, canonical }: Task) =>
    description.length + Math.abs((canonical ?? '').length - CODE_LENGTH);
  const python = (await listBundledTasks())
    .filter(({ language }) => language === 'python')
    .sort((a, b) => oddness(a) - oddness(b));
  const tasks = python.slice(0, TASKS + VALIDATION_TASKS).map((task, index) => ({
    split: index < TASKS ? 'train' : 'validation',
    task,
  }));
  const candidates = tasks.flatMap(({ split, task }) =>
    Array.from({ length: CANDIDATES_PER_TASK }, (_value, index) => ({
      taskId: task.id,
      split,
      candidateId: `${task.id}#${index}`,
      code: variant(task, index),
      label: index % 2,
      outcome: index % 2 === 1 ? 'passed' : 'failed',
      feedback: null,
      samples: 1,
      generator: null,
    })),
  );
  const write = (name: string, records: readonly object[]) =>
    writeFile(join(folder, name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await mkdir(folder);
  await write('tasks.jsonl', tasks);
  await write('candidates.jsonl', candidates);
  await write('data-card.json', [{}]);
}

/** Another first line in the function. */
function variant({ canonical }: Task, index: number): string {
  return (canonical ?? '').replace(/^def .*:$/m, (header) => `${header}\n    attempt = ${index}`);
}
