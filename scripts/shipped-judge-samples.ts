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
//   node scripts/shipped-judge-samples.ts [TASKS ...]
// Draws for the tasks of these files only; without them, for all own tasks.

const SOURCES = ['judges/data', 'bundled:python'];
const FILE = 'judges/samples/smollm2-135m-python.jsonl.gz';
const SAMPLES = 10;
const CHUNK = 4;

async function main(): Promise<void> {
  const tasks = await Array.fromAsync(readTasks(SOURCES));
  const named = process.argv.slice(2);
  const wanted = named.length === 0 ? tasks : await Array.fromAsync(readTasks(named));
  let lines = await readKnown();
  const done = new Set(lines.map(({ taskId }) => taskId));
  // In no order of theirs, so that what a stopped run has drawn is of all kinds.
  const missing = wanted
    .filter(({ id }) => !done.has(id))
    .sort((a, b) => (hashParts(a.id) < hashParts(b.id) ? -1 : 1));
  for (let at = 0; at < missing.length; at += CHUNK) {
    lines = numbered([...lines, ...(await draw(missing.slice(at, at + CHUNK)))], tasks);
    await writeFileAtomically(FILE, gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
    tell(lines, tasks.length);
  }
  tell(lines, tasks.length);
}

/** In the order of the tasks, samples numbered as if all had been asked at once; without tasks that are no more. */
function numbered(lines: readonly ExecutedCandidate[], tasks: readonly Task[]): ExecutedCandidate[] {
  const place = new Map(tasks.map(({ id }, index) => [id, index * SAMPLES]));
  return lines
    .flatMap((line) => {
      const first = place.get(line.taskId);
      const numbers = line.samples.map((sample) => (first ?? 0) + (sample % SAMPLES));
      return first === undefined ? [] : [{ ...line, samples: numbers }];
    })
    .sort((a, b) => (a.samples[0] ?? 0) - (b.samples[0] ?? 0));
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

/** Samples of these tasks, a task's numbered within so many. */
async function draw(chunk: readonly Task[]): Promise<ExecutedCandidate[]> {
  const folder = await mkdtemp(join(tmpdir(), 'codejury-samples-'));
  try {
    const [tasks, out] = [join(folder, 'tasks.jsonl'), join(folder, 'out.jsonl')];
    await writeFile(tasks, chunk.map((task) => `${JSON.stringify(task)}\n`).join(''));
    const args = ['execute', '--tasks', tasks, '--generator', 'smollm2-135m', '--count', String(SAMPLES)];
    const program = ['src/cli/main.ts', ...args, '--seed', '1', '--out', out, '--quiet', '--json'];
    execFileSync(process.execPath, program, { stdio: ['ignore', 'ignore', 'inherit'] });
    return (
      (await readFile(out, 'utf8'))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as ExecutedCandidate)
        // The same bytes whatever the machine was doing.
        .map((line) => ({ ...line, durationMs: null }))
    );
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
