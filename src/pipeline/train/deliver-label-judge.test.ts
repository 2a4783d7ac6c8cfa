import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openTrainedRuns } from '../../../test/support/trained-run.ts';
import { judgeProfileSchema } from '../../contracts/judge-profile.ts';
import { judgeConfigSchema } from '../../contracts/team.ts';
import { openJudge } from '../open-judge.ts';
import { openModelOpener } from '../open-model.ts';

const { folder, deliver } = await openTrainedRuns();
const { signal } = new AbortController();
afterAll(() => folder.remove());

describe('deliverTrained', () => {
  it.each([
    ['lora', 'adapter.gguf'],
    ['full', 'model.gguf'],
  ] as const)('%s: a judge that opens, measured as it is served', async (method, weights) => {
    const { out, result, seen, notices } = await deliver(method, { method });
    expect((await readdir(out)).sort()).toEqual(['README.md', weights, 'profile.json'].sort());
    const profile = judgeProfileSchema.parse(JSON.parse(await readFile(join(out, 'profile.json'), 'utf8')));
    expect(result).toMatchObject({ kind: 'judge', out, profile, bestEpoch: 2 });
    expect(profile).toMatchObject({
      name: `${method}-judge`,
      licence: 'MIT',
      method: 'verdict',
      layout: 'compact',
      training: { method, epochs: 2, rows: 10, datasetDigest: 'd' },
      // It says correct to everything.
      metrics: { candidates: 4, positives: 2, invalid: 0, kappa: 0, recall: 1, auc: 0.5 },
      platt: null,
    });
    expect(profile.confidenceBounds?.min).toBeCloseTo(Math.E / (1 + Math.E), 2);
    expect(seen.filter((kind) => kind === 'validating')).toHaveLength(4);
    expect(notices).toEqual([
      expect.stringContaining('no Platt scaling can be fitted on the answers about 2 correct and 2 wrong'),
    ]);
    const card = await readFile(join(out, 'README.md'), 'utf8');
    expect(card).toContain('- licence: MIT');
    expect(card).toContain('| kappa | 0.000 |');
    expect(card).toContain('| 0.500 |');
    expect(card).toContain('The epoch was chosen and the calibration fitted on the same validation tasks');

    const opener = openModelOpener({ env: {}, offline: true, signal });
    try {
      const config = judgeConfigSchema.parse({ profile: join(out, 'profile.json') });
      const judge = await openJudge(config, { folder: out, languages: [], opener });
      const task = { id: 't', problem: 't', language: 'python', description: 'Do.', signature: 'def f():' };
      const answer = await judge.strategy.ask({ model: judge.model, task, code: 'def f(): pass', signal });
      expect(answer.label).toBe(1);
    } finally {
      await opener.dispose();
    }
  });

  it('tells of a judge that never answers with its labels', async () => {
    const labels = ['2', '3'].map((name) => ({ name, forms: [name], correct: name === '3', tokens: null }));
    const { result, notices } = await deliver('silent', { labels });
    expect(result.metrics).toMatchObject({ candidates: 4, invalid: 4, kappa: null });
    expect(notices).toEqual([expect.stringContaining('only invalid answers to the 4 candidates')]);
  });
});
