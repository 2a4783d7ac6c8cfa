import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Task } from '../src/contracts/task.ts';
import { type Executor, openExecutor } from '../src/execute/open-executor.ts';
import { findPython } from '../src/execute/python/find-python.ts';
import { openSandbox } from '../src/execute/sandbox/open-sandbox.ts';
import type { Sandbox } from '../src/execute/sandbox/sandbox.ts';
import { listBundledTasks } from '../src/tasks/bundled-tasks.ts';
import { cpuMs, endingQuietly } from './children-cpu.ts';
import { median } from './median.ts';

/** One program in the two forms: for our executor, and as the text that harnesses run. */
interface Program {
  readonly task: Task;
  readonly code: string;
  readonly text: string;
}

/** What running some programs one after another cost and gave. */
interface Measured {
  readonly passed: readonly boolean[];
  readonly wallMs: number;
  readonly cpuMs: number;
}

const ROUNDS = 3;
const PROGRAMS = 1_000;
const WAYS = ['process', 'manager', 'fork'] as const;
const TARGETS = { process: '4x', manager: 'none, for comparison', fork: '1.2x' };
const WALL_TIME_MS = 3_000;

const DATA = new URL('../../shared/data/', import.meta.url);
const SAMPLES = new URL('humaneval-python-codegen16b.jsonl.gz', DATA);
const TESTS = new URL('benchmarks/humaneval-python/HumanEval_for_code_generation.codet.jsonl.gz', DATA);
const BASELINES = fileURLToPath(new URL('execute-python-baselines.py', import.meta.url));

/**
 * Python programs, one after another: ours in the sandbox, against a fresh interpreter a program (target: at least 4x), a
 * process and a manager's process a program as human-eval, and a forked process a program as EvalPlus (at least 1.2x), which
 * have none. Sides take turns in each round; verdicts must be the same.
 */
export async function run(): Promise<void> {
  const sandbox = await openSandbox('auto', process.env);
  const { executable, version } = await findPython(sandbox);
  const all = existsSync(SAMPLES) ? realPrograms() : await bundledPrograms();
  const executor = openExecutor({ sandbox: endingQuietly(sandbox) });
  const endless = new Set<Program>();
  for (const program of all) {
    if ((await execute(executor, program)) === 'timeout') endless.add(program);
  }
  await executor.close();
  const programs = all.filter((program) => !endless.has(program));
  console.log(
    `${programs.length} programs, Python ${version}, ${ROUNDS} rounds; left out: ${endless.size} that do not end`,
  );
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const theirs = WAYS.map((way) => runPlainly(executable, way, programs));
    rounds.push({ ours: await runOurs(sandbox, programs), theirs });
  }
  const perProgram = (values: readonly number[]) => `${(median(values) / programs.length).toFixed(2)} ms`;
  const row = (name: string, sides: readonly Measured[]) =>
    console.log(
      `${name.padEnd(8)} ${perProgram(sides.map((side) => side.wallMs))} wall, ${perProgram(sides.map((side) => side.cpuMs))} CPU a program`,
    );
  row(
    'ours',
    rounds.map(({ ours }) => ours),
  );
  for (const [index, way] of WAYS.entries()) {
    const pairs = rounds.flatMap(({ ours, theirs }) => {
      const side = theirs[index];
      return side === undefined ? [] : [{ ours, side }];
    });
    row(
      way,
      pairs.map(({ side }) => side),
    );
    const ratio = (of: (side: Measured) => number) =>
      median(pairs.map((pair) => of(pair.side) / of(pair.ours)));
    console.log(
      `  ours is ${ratio((side) => side.wallMs).toFixed(2)}x as fast by wall time, ${ratio((side) => side.cpuMs).toFixed(2)}x by CPU time (target: ${TARGETS[way]}); ${differences(pairs)} verdicts differ`,
    );
  }
}

function differences(pairs: readonly { readonly ours: Measured; readonly side: Measured }[]): number {
  return pairs.flatMap(({ ours, side }) =>
    ours.passed.filter((passed, index) => passed !== side.passed[index]),
  ).length;
}

async function execute(executor: Executor, { task, code }: Program): Promise<string> {
  const { outcome } = await executor.execute({
    task,
    candidate: { id: task.id, code },
    limits: { wallTimeMs: WALL_TIME_MS },
    signal: new AbortController().signal,
  });
  return outcome;
}

/** With the start of the server and its end. */
async function runOurs(sandbox: Sandbox, programs: readonly Program[]): Promise<Measured> {
  const [startedAt, cpuBefore] = [performance.now(), cpuMs()];
  const executor = openExecutor({ sandbox: endingQuietly(sandbox) });
  const passed: boolean[] = [];
  for (const program of programs) passed.push((await execute(executor, program)) === 'passed');
  await executor.close();
  return { passed, wallMs: performance.now() - startedAt, cpuMs: cpuMs() - cpuBefore };
}

function runPlainly(python: string, way: string, programs: readonly Program[]): Measured {
  const result = spawnSync(python, ['-s', BASELINES, way], {
    input: JSON.stringify(programs.map(({ text }) => text)),
    maxBuffer: 2 ** 28,
  });
  if (result.status !== 0) throw new Error(`the baseline ${way} failed: ${result.stderr}`);
  return JSON.parse(result.stdout.toString()) as Measured;
}

function realPrograms(): Program[] {
  const lines = (file: URL) =>
    gunzipSync(readFileSync(file))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
  const tests = new Map(lines(TESTS).map((task) => [task.task_id, task.test]));
  const samples = lines(SAMPLES);
  const step = Math.floor(samples.length / PROGRAMS);
  return samples
    .filter((_, index) => index % step === 0)
    .map(({ task_id = '', entry_point = '', prompt = '', completion = '' }) =>
      toProgram(task_id, `${prompt}${completion}`, `${tests.get(task_id)}\ncheck(${entry_point})\n`),
    );
}

/** The canonical solution of each task, and one that gives nothing. */
async function bundledPrograms(): Promise<Program[]> {
  const tasks = (await listBundledTasks()).filter(({ language }) => language === 'python');
  return tasks.flatMap((task) =>
    [task.canonical ?? '', `${task.signature}\n    return None\n`].map((code) =>
      toProgram(task.id, `${task.tests?.before ?? ''}${code}`, task.tests?.after ?? ''),
    ),
  );
}

function toProgram(id: string, code: string, after: string): Program {
  const task: Task = {
    id,
    benchmark: 'bench',
    language: 'python',
    description: id,
    signature: '',
    prompt: null,
    completion: null,
    entryPoint: null,
    tests: { before: '', after },
    problem: null,
    canonical: null,
    resources: null,
    metadata: {},
  };
  return { task, code, text: `${code}\n${after}` };
}
