import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { trainerFolder } from '../../src/pipeline/train/trainer-environment.ts';
import { writePlan } from '../../src/pipeline/train/write-plan.ts';
import { writeTinyGguf } from '../../src/testing/index.ts';
import { runCodejury } from '../e2e/run-codejury.ts';
import { writeTinyDataset } from '../support/tiny-dataset.ts';
import { temporaryFolder } from '../support/tiny-model.ts';
import { tinyTrainOptions } from '../support/train-options.ts';
import { trainerPython } from './ask-torch.ts';

const { python, reason } = await trainerPython(process.env);
const folder = await temporaryFolder();
afterAll(() => folder.remove());

const env = { CODEJURY_TRAINER_PYTHON: python ?? '', OMP_NUM_THREADS: '1' };
const home = folder.path('home');
const dataset = writeTinyDataset(folder.path('dataset'));
const model = folder.path('tiny.gguf');
if (python !== null) await writeTinyGguf(model, { contextSize: 2048 });

const train = (out: string, ...more: string[]) => [
  'train',
  ...['--dataset', dataset, '--model', model, '--epochs', '2', '--batch-size', '4'],
  ...['--out', folder.path(out), '--json', ...more],
];

/** The trainer on a run folder, killed with -9 once it has told of so many checkpoints. */
function trainOnce(run: string, killAfter: number | null): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(String(python), ['-m', 'codejury_trainer', run], {
      env: { ...process.env, ...env, PYTHONPATH: trainerFolder() },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let checkpoints = 0;
    child.stdout.on('data', (chunk) => {
      checkpoints += String(chunk).split('"checkpoint"').length - 1;
      if (killAfter !== null && checkpoints >= killAfter) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

/** Each starts Python once or several times, which takes most of a minute where other work is under way; in milliseconds. */
const LONGEST = 900_000;

describe.skipIf(python === null)(
  `codejury train${reason === null ? '' : ` (${reason})`}`,
  { timeout: LONGEST },
  () => {
    it('trains a judge that codejury can use, and says so again without training again', async () => {
      const first = await runCodejury(train('judge', '--method', 'lora'), { home, env });
      expect(first.stderr).toContain('epoch 2');
      expect(first.status).toBe(0);
      const result = JSON.parse(first.stdout) as { kind: string; profile: { adapter: string } };
      expect(result).toMatchObject({
        kind: 'judge',
        profile: { adapter: 'adapter.gguf', method: 'verdict' },
      });
      expect(readdirSync(folder.path('judge')).sort()).toEqual(['README.md', 'adapter.gguf', 'profile.json']);
      const log = join(folder.path('judge.training'), 'trainer.log');
      const length = readFileSync(log).length;
      expect((await runCodejury(train('judge', '--method', 'lora'), { home, env })).status).toBe(0);
      expect(readFileSync(log).length).toBe(length);
    });

    it.each([
      ['full', 'verdict+feedback', 'judge'],
      ['lora', 'rankef', 'judge'],
      ['lora', 'faults', 'judge'],
      ['lora', 'generate', 'generator'],
    ])('method %s, objective %s makes a %s', async (method, objective, kind) => {
      const args = train(`${method}-${objective}`, '--method', method, '--objective', objective);
      const { status, stdout, stderr } = await runCodejury([...args, '--layers', '1'], { home, env });
      expect(stderr).not.toContain('error');
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ kind });
    });

    it.each([
      ['packs', {}],
      ['one by one', { packing: 'none' }],
      ['kept states', { layers: 1, cacheLowerLayers: true, pairwise: 0.5 }],
      ['head', { head: 'probe', probeLayers: [2], layers: 1, cacheLowerLayers: true, pairwise: 0.5 }],
    ] as const)(
      'goes on after kill -9 in the middle, and comes to the same weights: %s',
      async (how, settings) => {
        const weights: string[] = [];
        for (const [name, killAfter] of [
          ['whole', null],
          ['killed', 3],
        ] as const) {
          const options = tinyTrainOptions(
            { dataset, model, out: folder.path(name) },
            { epochs: 3, ...settings },
          );
          const { out: run } = await writePlan(folder.path(`${how} ${name}`), { ...options, method: 'lora' });
          const config = JSON.parse(readFileSync(join(run, 'config.json'), 'utf8')) as Record<
            string,
            unknown
          >;
          writeFileSync(join(run, 'config.json'), JSON.stringify({ ...config, checkpointSeconds: 0.001 }));
          if (killAfter !== null) {
            expect(await trainOnce(run, killAfter)).toBeNull();
            expect(existsSync(join(run, 'result'))).toBe(false);
          }
          expect(await trainOnce(run, null)).toBe(0);
          const { files } = JSON.parse(readFileSync(join(run, 'result/result.json'), 'utf8')) as {
            files: Record<string, string>;
          };
          weights.push(JSON.stringify(files));
        }
        expect(weights[1]).toBe(weights[0]);
      },
    );

    it('trains from a plan with its own command, and brings the result back if nothing was changed', async () => {
      const plan = folder.path('plan');
      const planned = await runCodejury(train('unused', '--plan', plan), { home, env });
      expect(JSON.parse(planned.stdout)).toMatchObject({ kind: 'plan' });
      expect(await trainOnce(plan, null)).toBe(0);
      const bring = () =>
        runCodejury(['train', '--import', plan, '--out', folder.path('brought'), '--json'], { home, env });
      expect(JSON.parse((await bring()).stdout)).toMatchObject({ kind: 'judge' });
      writeFileSync(join(plan, 'result/adapter_config.json'), '{}');
      const damaged = await bring();
      expect(damaged.stderr).toContain('digest-mismatch');
      rmSync(join(plan, 'train.jsonl'));
      expect((await bring()).stderr).toContain('train.jsonl is missing');
    });

    it('trains RankEF on an encoder-decoder, which a worker serves', async () => {
      const made = spawnSync(String(python), ['-m', 'tests.make_tiny_t5', folder.path('t5')], {
        cwd: trainerFolder(),
      });
      expect(made.status).toBe(0);
      const rankef = ['--model', `transformers:${folder.path('t5')}`, '--architecture', 'encoder-decoder'];
      const how = ['--objective', 'rankef', '--method', 'full', '--prompt-kind', 'text'];
      const { stdout } = await runCodejury(train('rankef', ...rankef, ...how), { home, env });
      expect(JSON.parse(stdout)).toMatchObject({
        kind: 'judge',
        profile: { model: 'transformers:model', method: 'rankef', metrics: { candidates: 8, invalid: 0 } },
      });
    });

    it('tells what is wrong in terms of the command line', async () => {
      const short = await runCodejury(train('short', '--max-length', '5'), { home, env });
      expect(short.status).toBe(2);
      expect(short.stderr).toContain('longer than 5 tokens');
      const qlora = await runCodejury(train('qlora', '--method', 'qlora'), { home, env });
      expect(qlora.stderr).toMatch(/needs a CUDA GPU|has none/);
    });
  },
);
