import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GivenSample } from '../../contracts/given-sample.ts';
import { CodejuryError } from '../../errors.ts';
import { readRecords } from '../../io/read-records.ts';
import type { TaskIndex } from '../task-index.ts';
import { findSampleFormat } from './find-sample-format.ts';
import type { SampleFormat } from './sample-format.ts';

/**
 * The samples of a file, of all files of a folder in the order of their names, or of several of either, one by one in bounded
 * memory. The format is told by the fields of a file's first record. Numbers go on from file to file. In a folder of MultiPL-E's,
 * results go before the completions they repeat.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file, line and field: what cannot be read, wrong fields, a sample
 * for no task of `tasks`, no sample at all.
 */
export async function* readSamples(
  sources: string | readonly string[],
  tasks: TaskIndex,
): AsyncGenerator<GivenSample> {
  let next = 0;
  for (const source of [sources].flat()) {
    for await (const sample of samplesOf(source, tasks, next)) {
      yield sample;
      next = Math.max(next, sample.index + 1);
    }
  }
}

async function* samplesOf(source: string, tasks: TaskIndex, first: number): AsyncGenerator<GivenSample> {
  let next = first;
  for (const file of await filesOf(source)) {
    let format: SampleFormat | null = null;
    // A file's own numbers begin at 0.
    const base = next;
    for await (const { value, line } of readRecords(file)) {
      const place = `${file}:${line}`;
      format ??= recognise(value, place);
      for (const sample of format.samplesOf(value, tasks, place)) {
        const index = sample.index === undefined ? next : base + sample.index;
        yield { ...sample, index, place };
        next = Math.max(next, index + 1);
      }
    }
  }
  if (next === first) {
    throw new CodejuryError('usage', `${source}: expected samples, received an empty file or folder`, {
      hint: 'is this the right file, and was it written to the end?',
    });
  }
}

function recognise(record: Readonly<Record<string, unknown>>, place: string): SampleFormat {
  const found = findSampleFormat(record);
  if (found === null) {
    const received = Object.keys(record).slice(0, 12).join(', ');
    throw new CodejuryError(
      'usage',
      `${place}: not a known format of samples; received ${received === '' ? 'no fields' : `the fields ${received}`}`,
      { hint: 'a sample has task_id and completion, task_id and solution, or taskId and code' },
    );
  }
  return found;
}

async function filesOf(source: string): Promise<readonly string[]> {
  const facts = await stat(source).catch(() => null);
  if (!facts?.isDirectory()) {
    return [source];
  }
  const names = (await readdir(source)).filter((name) => /\.jsonl?(?:\.gz)?$/i.test(name)).toSorted();
  const results = names.filter((name) => /\.results\.json(?:\.gz)?$/i.test(name));
  return (results.length === 0 ? names : results).map((name) => join(source, name));
}
