import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Execution } from '../src/contracts/execution.ts';
import type { Task } from '../src/contracts/task.ts';
import { type Executor, openExecutor } from '../src/execute/open-executor.ts';
import { openSandbox } from '../src/execute/sandbox/open-sandbox.ts';
import { readTasks } from '../src/tasks/read-tasks.ts';
import { readSamples } from '../src/tasks/samples/read-samples.ts';
import { createTaskIndex } from '../src/tasks/task-index.ts';

// Runs every candidate of the judges' own training data in the sandbox and prints what disagrees with its label: a right one
// that does not pass its task's tests, a wrong one that does. Then how long the two kinds are, since length must not tell them apart.
//   node scripts/check-judge-data.ts [FILE ...]
// Without files: all of judges/data.

const FOLDER = 'judges/data';

/** A run's limit, in milliseconds: all of them end at once, but for those that never end. */
const WALL_TIME_MS = 3000;

interface LabelledCandidate {
  readonly name: string;
  readonly task: Task;
  readonly code: string;
  readonly isRight: boolean;
}

async function main(): Promise<void> {
  const named = process.argv.slice(2);
  const files = named.length > 0 ? named : await dataFiles();
  const candidates = await readCandidates(files);
  requireDistinct(candidates);
  const sandbox = await openSandbox('auto', process.env);
  const executor = openExecutor({ sandbox, limits: { wallTimeMs: WALL_TIME_MS } });
  let disagreements = 0;
  const left = candidates.values();
  const work = async () => {
    for (const candidate of left) {
      const execution = await execute(executor, candidate);
      if (execution.outcome !== 'sandbox-error' && (execution.outcome === 'passed') === candidate.isRight)
        continue;
      disagreements += 1;
      console.log(`${candidate.name}: ${told(execution)}\n${candidate.code}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  await executor.close();
  const tasks = new Set(candidates.map(({ task }) => task.id)).size;
  const kinds = [true, false].map((isRight) => lengths(candidates, isRight)).join(', ');
  console.log(`${tasks} tasks; ${kinds}; disagreements: ${disagreements}`);
  if (disagreements > 0) process.exitCode = 1;
}

async function dataFiles(): Promise<string[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.jsonl'));
  return names.sort().map((name) => join(FOLDER, name));
}

async function readCandidates(files: readonly string[]): Promise<LabelledCandidate[]> {
  const index = createTaskIndex(await Array.fromAsync(readTasks(files)));
  return Array.fromAsync(readSamples(files, index), ({ place, taskId, text, passed }) => {
    const task = index.get(taskId);
    if (task?.entryPoint == null) throw new Error(`${place}: no task, or no function in its signature`);
    return { name: `${place} ${taskId}`, task, code: text, isRight: passed === true };
  });
}

/** Equal candidates would weigh more than others, and the same code with both labels would teach nothing. */
function requireDistinct(candidates: readonly LabelledCandidate[]): void {
  const groups = Map.groupBy(candidates, ({ task, code }) => `${task.id}\n${code.trim()}`);
  const repeated = [...groups.values()].find(({ length }) => length > 1);
  if (repeated !== undefined)
    throw new Error(`the same code twice: ${repeated.map(({ name }) => name).join(', ')}`);
}

function execute(executor: Executor, { name, task, code }: LabelledCandidate): Promise<Execution> {
  return executor.execute({ task, candidate: { id: name, code }, signal: new AbortController().signal });
}

function told({ outcome, feedback }: Execution): string {
  return feedback === null ? outcome : `${outcome}, line ${feedback.line}: ${feedback.message}`;
}

function lengths(candidates: readonly LabelledCandidate[], isRight: boolean): string {
  const characters = candidates.filter((one) => one.isRight === isRight).map(({ code }) => code.length);
  if (characters.length === 0) return `no ${isRight ? 'right' : 'wrong'}`;
  const mean = characters.reduce((sum, length) => sum + length, 0) / characters.length;
  return `${characters.length} ${isRight ? 'right' : 'wrong'} (${mean.toFixed(0)} characters each)`;
}

await main();
