import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { type MeasuredRun, runMeasured } from './run-measured.ts';

const SMALL = 2_000;

/**
 * `codejury execute` as a whole process on distinct Python candidates: programs per second with 1 and 2 workers, and the
 * process's memory with ten times as many candidates (target: flat). The peak grows until the engine finds it worth collecting garbage; what is
 * alive does not.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'codejury-scale-'));
  try {
    const tasks = join(folder, 'tasks.jsonl');
    writeFileSync(
      tasks,
      `${JSON.stringify({
        task_id: 'HumanEval/0',
        prompt: 'def f(x):\n    """ Add one. """\n',
        entry_point: 'f',
        canonical_solution: '    return x + 1\n',
        test: 'def check(candidate):\n    assert candidate(1) == 2\n    assert candidate(5) == 6\n',
      })}\n`,
    );
    const small = await writeSamples(join(folder, 'small.jsonl'), SMALL);
    const large = await writeSamples(join(folder, 'large.jsonl'), 10 * SMALL);
    const one = await execute(folder, tasks, small, 1);
    const two = await execute(folder, tasks, small, 2);
    const more = await execute(folder, tasks, large, 2);
    for (const [name, count, measured] of [
      ['1 worker', SMALL, one],
      ['2 workers', SMALL, two],
      ['2 workers', 10 * SMALL, more],
    ] as const) {
      console.log(
        `${name}, ${count} candidates: ${(count / measured.seconds).toFixed(0)} programs/s, ${(measured.aliveBytes / 1e6).toFixed(1)} MB alive, peak ${(measured.peakBytes / 1e6).toFixed(0)} MB`,
      );
    }
    console.log(`2 workers against 1: ${(one.seconds / two.seconds).toFixed(2)}x`);
    console.log(
      `ten times the candidates: ${(more.aliveBytes / two.aliveBytes).toFixed(2)}x alive, ${(more.peakBytes / two.peakBytes).toFixed(2)}x peak (target: flat)`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Distinct candidates with some text in each, as real ones have. */
async function writeSamples(file: string, count: number): Promise<string> {
  const stream = createWriteStream(file);
  for (let index = 0; index < count; index++) {
    const completion = `    # ${'x'.repeat(400)}\n    return x + ${index % 3 === 0 ? 1 : 2} + 0 * ${index}\n`;
    stream.write(`${JSON.stringify({ task_id: 'HumanEval/0', completion })}\n`);
  }
  stream.end();
  await finished(stream);
  return file;
}

function execute(folder: string, tasks: string, samples: string, workers: number): Promise<MeasuredRun> {
  const args = ['execute', '--tasks', tasks, '--samples', samples, '--out', join(folder, 'out.jsonl')];
  return runMeasured(folder, [...args, '--workers', String(workers), '--no-cache', '--quiet']);
}
