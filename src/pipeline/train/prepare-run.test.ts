import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type TinyDatasetOptions, writeTinyDataset } from '../../../test/support/tiny-dataset.ts';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { tinyTrainOptions } from '../../../test/support/train-options.ts';
import { writeTinyGguf } from '../../testing/write-tiny-gguf.ts';
import { prepareRun } from './prepare-run.ts';
import type { TrainOptions } from './train-options.ts';

async function place(dataset: TinyDatasetOptions = {}) {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  writeTinyDataset(folder.path('dataset'), dataset);
  const model = folder.path('tiny.gguf');
  await writeTinyGguf(model);
  const run = folder.path('run');
  const prepare = (overrides: Partial<TrainOptions> = {}) =>
    prepareRun(run, {
      ...tinyTrainOptions({ dataset: folder.path('dataset'), model, out: folder.path('judge') }, overrides),
      method: 'lora',
    });
  return { run, prepare, path: folder.path };
}

interface Line {
  readonly tokens: [number[], number[]];
  readonly class: number | null;
  readonly task: string;
}
const rows = (file: string): Line[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('prepareRun', () => {
  it('writes rows of training and validation tasks in the engine’s tokens, none of test tasks', async () => {
    const { run, prepare } = await place();
    const { config, known } = await prepare();
    expect(known).toBe(false);
    const [train, validation] = [rows(`${run}/train.jsonl`), rows(`${run}/validation.jsonl`)];
    expect([train.length, validation.length]).toEqual([16, 8]);
    expect([...train, ...validation].map(({ task }) => task)).not.toContain('tiny/6');
    const labels = config.labels?.map(({ tokens }) => tokens) ?? [];
    expect(labels.map((tokens) => tokens?.length)).toEqual([1, 1]);
    for (const row of [...train, ...validation]) expect(row.tokens[1]).toEqual(labels[row.class ?? 2]);
  });

  it('adds why to the label for verdict+feedback, and learns to stop after it', async () => {
    const { run, prepare } = await place();
    const { config } = await prepare({ objective: 'verdict+feedback' });
    const [row] = rows(`${run}/train.jsonl`);
    expect(row?.tokens[1].length).toBeGreaterThan(20);
    expect(config.labels?.[row?.class ?? 0]?.tokens).toEqual([row?.tokens[1][0]]);
    expect(rows(`${run}/validation.jsonl`)[0]?.tokens[1]).toHaveLength(1);
    expect(config.labelShare).toBe(0.5);
  });

  it('mixes classes and feedback one to one for rankef, validating on classes alone', async () => {
    const { run, prepare } = await place();
    const { config } = await prepare({ objective: 'rankef' });
    const train = rows(`${run}/train.jsonl`);
    expect(train.map((row) => row.class)).toEqual(
      Array.from({ length: 4 }, () => [0, null, 0, null, 2, null, 2, null]).flat(),
    );
    expect(rows(`${run}/validation.jsonl`).every((row) => row.class !== null)).toBe(true);
    expect(config.labels?.map(({ correct }) => correct)).toEqual([true, false, false]);
  });

  it('says before reading anything which flags need others', async () => {
    const { prepare } = await place();
    await expect(prepare({ cacheLowerLayers: true, dataset: 'nowhere' })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('--layers'),
    });
    await expect(prepare({ pairwise: 1, packing: 'none' })).rejects.toMatchObject({ code: 'usage' });
    await expect(prepare({ packing: 'task', architecture: 'encoder-decoder' })).rejects.toMatchObject({
      code: 'usage',
    });
    const { config } = await prepare({ cacheLowerLayers: true, layers: 1, pairwise: 0.5 });
    expect(config).toMatchObject({ packing: 'task', cacheLowerLayers: true, pairwise: 0.5 });
  });

  it('learns classes of faults, never with the instruction for two labels', async () => {
    const { run, prepare } = await place({ wrongOutcome: 'timeout' });
    const { config } = await prepare({ objective: 'faults', scheme: 'execution', layout: 'zero-shot' });
    expect(new Set(rows(`${run}/train.jsonl`).map((row) => row.class))).toEqual(new Set([0, 7]));
    expect(config.prompt.layout).toBe('compact');
    expect(config.labels).toHaveLength(10);
  });

  it('adapts a generator on solutions of training tasks, a tenth of the tasks kept to validate', async () => {
    const { run, prepare } = await place();
    const { config } = await prepare({ objective: 'generate' });
    expect([rows(`${run}/train.jsonl`).length, rows(`${run}/validation.jsonl`).length]).toEqual([3, 1]);
    expect(config.labels).toBeNull();
  });

  it('makes a first stage of fix pairs', async () => {
    const { run, prepare, path } = await place();
    const pair = { description: 'Add.', signature: 'def f(a):', before: 'return a', after: 'return a + 1' };
    writeFileSync(path('pairs.jsonl'), `${JSON.stringify(pair)}\n`);
    const { config } = await prepare({ fixPairs: path('pairs.jsonl') });
    expect(rows(`${run}/${config.files.firstStage}`).map((row) => row.class)).toEqual([0, 1]);
    await expect(prepare({ fixPairs: path('pairs.jsonl'), objective: 'rankef' })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('says before tokenising that no such head can be trained, and leaves nothing behind', async () => {
    const { run, prepare } = await place();
    const said: string[] = [];
    const onProgress: TrainOptions['onProgress'] = (progress) => {
      if (progress.kind === 'preparing') said.push(progress.what);
    };
    const wrong = prepare({ head: 'probe', probeLayers: [9], onProgress });
    await expect(wrong).rejects.toMatchObject({ message: expect.stringContaining('received 9') });
    expect(said).toEqual(['reading the dataset']);
    expect(existsSync(`${run}/rows.new`)).toBe(false);
  });

  it('keeps the folder of the same inputs, whatever was trained in it', async () => {
    const { run, prepare } = await place();
    await prepare();
    mkdirSync(`${run}/checkpoints`);
    expect((await prepare()).known).toBe(true);
    expect((await prepare({ resume: true })).known).toBe(true);
    expect(existsSync(`${run}/checkpoints`)).toBe(true);
  });

  it('refuses to mix an unfinished training with other settings or rows, and names what differs', async () => {
    const { run, prepare, path } = await place();
    await prepare();
    mkdirSync(`${run}/checkpoints`);
    await expect(prepare({ epochs: 2 })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('(epochs)'),
    });
    appendFileSync(path('dataset/data-card.json'), '\n');
    await expect(prepare()).rejects.toMatchObject({ message: expect.stringContaining('(dataset)') });
    mkdirSync(`${run}/result`);
    expect((await prepare({ epochs: 2 })).known).toBe(false);
    expect(existsSync(`${run}/checkpoints`)).toBe(false);
  });

  it('says with --resume that there is nothing to go on with', async () => {
    const { prepare } = await place();
    await expect(prepare({ resume: true })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('no training'),
    });
  });

  it('tells what is missing: a dataset, a class, outcomes, validation', async () => {
    const { prepare } = await place();
    await expect(prepare({ dataset: '/nowhere' })).rejects.toMatchObject({ code: 'not-found' });
    const single = await place({ without: 0 });
    await expect(single.prepare()).rejects.toMatchObject({ message: expect.stringContaining('one class') });
    const given = await place({ wrongOutcome: null });
    await expect(given.prepare({ objective: 'rankef' })).rejects.toMatchObject({
      hint: expect.stringContaining('executed'),
    });
    const unvalidated = await place({ validation: 0 });
    await expect(unvalidated.prepare()).rejects.toMatchObject({
      message: expect.stringContaining('validation'),
    });
  });
});
