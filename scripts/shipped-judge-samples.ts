import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ExecutedCandidate } from '../src/contracts/executed-candidate.ts';
import type { Task } from '../src/contracts/task.ts';
import { errorCode } from '../src/io/error-code.ts';
import { writeFileAtomically } from '../src/io/write-file-atomically.ts';
import { readTasks } from '../src/tasks/read-tasks.ts';
import { hashParts } from '../src/util/hash.ts';

// What SmolLM2 writes for the project's own Python tasks, labelled by their tests: data of the shipped judge. Drawing takes hours
// on a small machine, so the result is kept in the repository, and a run goes on where the last one stopped.
//   node scripts/shipped-judge-samples.ts [TASKS]
// At most so many tasks in this run; without it, all that are missing.

const SOURCES = ['judges/data', 'bundled:python'];
const FILE = 'judges/samples/smollm2-135m-python.jsonl.gz';
const SAMPLES = 10;
const CHUNK = 4;

async function main(): Promise<void> {
  const tasks = await Array.fromAsync(readTasks(SOURCES));
  const known = await readKnown();
  const done = new Set(known.map(({ taskId }) => taskId));
  // In no order of theirs, so that what a stopped run has drawn is of all kinds.
  const order = tasks.toSorted((a, b) => (hashParts(a.id) < hashParts(b.id) ? -1 : 1));
  const missing = order.filter(({ id }) => !done.has(id)).slice(0, Number(process.argv[2] ?? tasks.length));
  const lines = [...known];
  for (let at = 0; at < missing.length; at += CHUNK) {
    lines.push(...(await draw(missing.slice(at, at + CHUNK), tasks)));
    lines.sort((a, b) => (a.samples[0] ?? 0) - (b.samples[0] ?? 0));
    await writeFileAtomically(FILE, gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
    tell(lines, tasks.length);
  }
  tell(lines, tasks.length);
}

async function readKnown(): Promise<ExecutedCandidate[]> {
  try {
    const text = gunzipSync(await readFile(FILE)).toString();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ExecutedCandidate);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Samples of these tasks, numbered as if all tasks had been asked at once. */
async function draw(chunk: readonly Task[], all: readonly Task[]): Promise<ExecutedCandidate[]> {
  const folder = await mkdtemp(join(tmpdir(), 'codejury-samples-'));
  try {
    const [tasks, out] = [join(folder, 'tasks.jsonl'), join(folder, 'out.jsonl')];
    await writeFile(tasks, chunk.map((task) => `${JSON.stringify(task)}\n`).join(''));
    const args = ['execute', '--tasks', tasks, '--generator', 'smollm2-135m', '--count', String(SAMPLES)];
    const program = ['src/cli/main.ts', ...args, '--seed', '1', '--out', out, '--quiet', '--json'];
    execFileSync(process.execPath, program, { stdio: ['ignore', 'ignore', 'inherit'] });
    const numberOf = (taskId: string, sample: number) =>
      all.findIndex(({ id }) => id === taskId) * SAMPLES + (sample % SAMPLES);
    return (await readFile(out, 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ExecutedCandidate)
      .map((line) => ({
        ...line,
        samples: line.samples.map((sample) => numberOf(line.taskId, sample)),
        // The same bytes whatever the machine was doing.
        durationMs: null,
      }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tell(lines: readonly ExecutedCandidate[], of: number): void {
  const count = (some: readonly ExecutedCandidate[]) =>
    some.reduce((sum, { samples }) => sum + samples.length, 0);
  const passed = lines.filter(({ outcome }) => outcome === 'passed');
  const tasks = new Set(lines.map(({ taskId }) => taskId)).size;
  const all = count(lines);
  const share = all === 0 ? '-' : `${((100 * count(passed)) / all).toFixed(1)} %`;
  console.log(
    `${tasks} of ${of} tasks, ${all} samples, ${lines.length} candidates, ${share} of samples pass`,
  );
}

await main();
