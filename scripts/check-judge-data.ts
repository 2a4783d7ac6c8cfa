import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Execution } from '../src/contracts/execution.ts';
import type { Task } from '../src/contracts/task.ts';
import { type Executor, openExecutor } from '../src/execute/open-executor.ts';
import { openSandbox } from '../src/execute/sandbox/open-sandbox.ts';
import { readRecords } from '../src/io/read-records.ts';

// Runs every candidate of the judges' own training data in the sandbox and prints what disagrees with its label: a right one
// that does not pass its task's tests, a wrong one that does. Then how long the two kinds are, since length must not tell them apart.
//   node scripts/check-judge-data.ts [FILE ...]
// Without files: all of judges/data.

const FOLDER = 'judges/data';

/** A run's limit, in milliseconds: all of them end at once, but for those that never end. */
const WALL_TIME_MS = 3000;

const recordSchema = z.strictObject({
  id: z.string().startsWith('judge-data/'),
  description: z.string().min(1),
  signature: z.string().regex(/^def \w+\(.*\).*:$/),
  tests: z.string().regex(/^assert /m),
  right: z.array(z.string()).min(1),
  wrong: z.array(z.string()).min(1),
});

interface LabelledCandidate {
  readonly name: string;
  readonly task: Task;
  readonly code: string;
  readonly isRight: boolean;
}

async function main(): Promise<void> {
  const named = process.argv.slice(2);
  const files = named.length > 0 ? named : await dataFiles();
  const candidates = (await Promise.all(files.map(readCandidates))).flat();
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

async function readCandidates(path: string): Promise<LabelledCandidate[]> {
  const records = await Array.fromAsync(readRecords(path), ({ value }) => recordSchema.parse(value));
  return records.flatMap((record) => {
    const task = taskOf(record);
    const named = (codes: readonly string[], isRight: boolean) =>
      codes.map((code, at) => ({
        name: `${record.id} ${isRight ? 'right' : 'wrong'} ${at + 1}`,
        task,
        code,
        isRight,
      }));
    return [...named(record.right, true), ...named(record.wrong, false)];
  });
}

function taskOf({ id, description, signature, tests }: z.infer<typeof recordSchema>): Task {
  return {
    id,
    benchmark: 'judge-data',
    language: 'python',
    description,
    signature,
    prompt: null,
    completion: null,
    entryPoint: /^def (\w+)/.exec(signature)?.[1] ?? null,
    tests: { before: '', after: `${tests}\n` },
    problem: null,
    canonical: null,
    resources: null,
    metadata: {},
  };
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
  const mean = characters.reduce((sum, length) => sum + length, 0) / characters.length;
  return `${characters.length} ${isRight ? 'right' : 'wrong'} (${mean.toFixed(0)} characters each)`;
}

await main();
