import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { runMeasured } from './run-measured.ts';

const SMALL = 5_000;
const TASKS = 100;

/**
 * `codejury dataset build` as a whole process on distinct labelled candidates: how fast, and its memory with ten times as many
 * candidates (target: flat). `npm run bench -- dataset-scale 100000` measures 100,000 and a million.
 */
export async function run(): Promise<void> {
  const small = Number(process.argv[3] ?? SMALL);
  const folder = mkdtempSync(join(tmpdir(), 'codejury-dataset-scale-'));
  try {
    const tasks = join(folder, 'tasks');
    mkdirSync(tasks);
    for (let index = 0; index < TASKS; index++) {
      const signature = `def f${index}(x):`;
      const task = { id: `own/${index}`, language: 'python', description: `Add ${index}.`, signature };
      writeFileSync(join(tasks, `${index}.json`), JSON.stringify(task));
    }
    const measure = async (count: number) => {
      const samples = await writeSamples(join(folder, `${count}.jsonl`), count);
      const out = join(folder, `dataset-${count}`);
      const measured = await runMeasured(folder, [
        'dataset',
        'build',
        ...['--tasks', tasks, '--samples', samples, '--out', out, '--cap-per-class', '20', '--quiet'],
      ]);
      const { seconds, aliveBytes, peakBytes } = measured;
      console.log(
        `${count} candidates: ${(count / seconds).toFixed(0)} a second, ${(aliveBytes / 1e6).toFixed(1)} MB alive, peak ${(peakBytes / 1e6).toFixed(0)} MB`,
      );
      return measured;
    };
    const few = await measure(small);
    const many = await measure(10 * small);
    console.log(
      `ten times the candidates: ${(many.aliveBytes / few.aliveBytes).toFixed(2)}x alive, ${(many.peakBytes / few.peakBytes).toFixed(2)}x peak (target: flat)`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Distinct candidates with labels of their own, so that nothing is executed. */
async function writeSamples(file: string, count: number): Promise<string> {
  const stream = createWriteStream(file);
  for (let index = 0; index < count; index++) {
    const name = index % TASKS;
    const code = `def f${name}(x):\n    y = "${'x'.repeat(300)}"\n    return x + ${name} + 0 * ${index}\n`;
    const line = `${JSON.stringify({ taskId: `own/${name}`, code, passed: index % 3 === 0 })}\n`;
    if (!stream.write(line)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
  return file;
}
