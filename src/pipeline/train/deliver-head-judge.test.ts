import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openTrainedRuns } from '../../../test/support/trained-run.ts';
import { judgeConfigSchema } from '../../contracts/team.ts';
import { probePrompt } from '../../prompts/probe-prompt.ts';
import { openJudge } from '../open-judge.ts';
import { openModelOpener } from '../open-model.ts';

const { folder, base, width, deliver } = await openTrainedRuns();
const { signal } = new AbortController();
afterAll(() => folder.remove());

/** Right programs add, wrong ones subtract. */
const PROBED = [...Array(12).keys()].map((index) => ({
  task: {
    id: `t${index % 6}`,
    problem: null,
    language: 'python',
    description: `Add ${index % 6}.`,
    signature: 'def f(x):',
  },
  code: `def f(x):\n    return x ${index < 6 ? '+' : '-'} ${index % 6}`,
  label: index < 6 ? 1 : 0,
}));

/** What a head may have learned: the way from wrong ones to right ones, on a scale and level of its own. */
async function headFile(): Promise<object> {
  const opener = openModelOpener({ env: {}, offline: true, signal });
  try {
    const config = judgeConfigSchema.parse({ model: `file:${base}` });
    const { model } = await opener.open({ ...config, model: `file:${base}`, labels: null, folder: '.' });
    const sum = new Float64Array(width);
    for (const { task, code, label } of PROBED) {
      const prompt = probePrompt('compact', task, code);
      const states = await model.hiddenStates?.({ kind: 'text', system: null, ...prompt, layer: 1, signal });
      for (const [index, value] of states?.mean.entries() ?? []) {
        sum[index] = (sum[index] ?? 0) + (label === 1 ? value : -value);
      }
    }
    return { layer: 1, coefficients: [...sum].map((value) => 20 * value), intercept: 7 };
  } finally {
    await opener.dispose();
  }
}

describe('deliverTrained', () => {
  it.each(['states', 'states+likelihood'] as const)(
    'a head becomes a probe beside its adapter, by %s',
    async (features) => {
      const name = features === 'states' ? 'head' : 'head2';
      const run = folder.path(name);
      await mkdir(join(run, 'result'), { recursive: true });
      await writeFile(join(run, 'result/head.json'), JSON.stringify(await headFile()));
      await writeFile(
        join(run, 'validation-rows.jsonl'),
        PROBED.map((row) => `${JSON.stringify(row)}\n`).join(''),
      );
      const { out, result, notices } = await deliver(name, {
        head: { layer: 1, strength: 0.01, features },
        pairwise: 0.5,
        prompt: { layout: 'compact', kind: 'text' },
      });
      expect((await readdir(out)).sort()).toEqual([
        'README.md',
        'adapter.gguf',
        'probe.json',
        'profile.json',
      ]);
      // Whatever level the head came with, "correct" begins at one half.
      expect(result.profile).toMatchObject({
        method: 'probe',
        adapter: 'adapter.gguf',
        probe: 'probe.json',
        training: {
          method: 'lora',
          epochs: 2,
          settings: {
            layer: 1,
            features,
            headStrength: 0.01,
            pairwise: 0.5,
            packing: 'task',
            labelShare: null,
          },
        },
        metrics: { candidates: 12, positives: 6, invalid: 0, kappa: 1, aucWithinTask: 1 },
      });
      expect(notices).toEqual([expect.stringContaining('6 correct and 6 wrong')]);
      const card = await readFile(join(out, 'README.md'), 'utf8');
      expect(card).toContain('pairwise 0.5');
      expect(card).toMatch(/Epoch, level, threshold, .* likelihood .* all decided on the same validation/);
      const opener = openModelOpener({ env: {}, offline: true, signal });
      try {
        const config = judgeConfigSchema.parse({ profile: join(out, 'profile.json') });
        const judge = await openJudge(config, { folder: out, languages: [], opener });
        const task = {
          id: 't',
          problem: 't',
          language: 'python',
          description: 'Add 3.',
          signature: 'def f(x):',
        };
        const ask = (code: string) => judge.strategy.ask({ model: judge.model, task, code, signal });
        expect((await ask('def f(x):\n    return x + 3')).label).toBe(1);
        expect((await ask('def f(x):\n    return x - 3')).label).toBe(0);
      } finally {
        await opener.dispose();
      }
    },
  );

  it.each([
    ['missing', null, 'not-found'],
    ['cut', '{"layer": 1, "coeff', 'usage'],
  ] as const)('a head that is %s is an expected fault', async (state, text, code) => {
    const name = `head-${state}`;
    await mkdir(join(folder.path(name), 'result'), { recursive: true });
    const file = join(folder.path(name), 'result/head.json');
    if (text !== null) await writeFile(file, text);
    const head = { layer: 1, strength: 0.01, features: null };
    await expect(deliver(name, { head })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(file),
      hint: expect.stringContaining('train anew'),
    });
  });
});
