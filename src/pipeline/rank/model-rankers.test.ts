import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { drawOf } from '../../select/draw-samples.ts';
import type { PoolCandidate, RankedTask } from '../../select/ranker.ts';
import { noResultCache } from '../../store/result-cache.ts';
import { createFakeLanguageModel, type FakeScript } from '../../testing/create-fake-language-model.ts';
import { seededRandom } from '../../util/random.ts';
import { openLedger } from '../ledger.ts';
import { readTeam } from '../read-team.ts';
import { openRankers, type RankerInputs } from './open-rankers.ts';
import { openScoreSources } from './score-sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-rankers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const task: RankedTask = {
  id: 't',
  language: 'python',
  description: 'Doubles x.',
  signature: 'def double(x):',
  prompt: null,
  entryPoint: 'double',
  problem: null,
  preamble: '',
};
const candidate = (id: string, body: string, meanLogProbability: number | null = null): PoolCandidate => ({
  id,
  code: `def double(x):\n    ${body}\n`,
  samples: [0],
  meanLogProbability,
});
const short = candidate('short', 'return 2 * x', -0.5);
const long = candidate('long', 'result = 0\n    for _ in range(2): result += x\n    return result', -0.2);
const empty = candidate('empty', 'pass', -0.1);
const all = [short, long, empty];
const draw = drawOf([short, long, long, empty], () => seededRandom(1));

async function open(script: FakeScript, inputs: Partial<RankerInputs> = {}) {
  const model = createFakeLanguageModel(script);
  const team = await readTeam(null);
  const sources = openScoreSources({
    opener: { open: async () => ({ model, entry: null }), dispose: async () => undefined },
    cache: noResultCache,
    ledger: openLedger(),
    languages: [],
    seed: 1,
    signal: new AbortController().signal,
    judges: team,
    generator: { config: team.config.generator, folder },
    sandbox: 'auto',
    limits: {},
    env: {},
  });
  const opener = openRankers(sources, {
    train: null,
    testSamples: 1,
    sizes: [4],
    tasks: [task],
    storedLikelihoods: true,
    generatorNamed: false,
    givenScores: new Map(),
    ...inputs,
  });
  const ranker = (name: Parameters<typeof opener>[0]['name']) => opener({ name, argument: null, text: name });
  return { model, ranker };
}
/** A tenth of a nat for each character, a token a word. */
const perCharacter: FakeScript = {
  textScore: ({ text }) => ({ logProbability: -text.length / 10, tokenCount: text.split(/\s+/).length }),
};

describe('log-likelihood', () => {
  it('takes what the samples say, or asks a named generator once about each candidate', async () => {
    const stored = await open(perCharacter);
    const scores = (await (await stored.ranker('log-likelihood')).prepare({ task, candidates: all }))(draw);
    expect([...scores.values()]).toEqual([-0.5, -0.2, -0.1]);
    expect(stored.model.calls.scoreText).toHaveLength(0);

    const named = await open(perCharacter, { generatorNamed: true });
    const ranker = await named.ranker('log-likelihood');
    const scorer = await ranker.prepare({ task, candidates: all });
    expect(scorer(draw).get('empty')).toBeCloseTo(
      -(empty.code.length / 10) / empty.code.split(/\s+/).length,
      9,
    );
    scorer(draw);
    await ranker.prepare({ task, candidates: all });
    expect(named.model.calls.scoreText.map(({ text }) => text)).toEqual(all.map(({ code }) => code));
    expect(ranker.how()).toBe('mean log-probability of the code, by fake');
  });

  it('is an error for a generator that cannot score text, unless the samples say it', async () => {
    const mute = await open({ samples: ['x'] }, { storedLikelihoods: false });
    await expect(mute.ranker('log-likelihood')).rejects.toMatchObject({ code: 'capability' });
    const stored = await open({ samples: ['x'] }, { generatorNamed: true });
    expect((await stored.ranker('log-likelihood')).how()).toContain('as the samples say');
  });
});

describe('coder-reviewer', () => {
  it('weighs code and description, ranks what says nothing last, and asks once for both variants', async () => {
    const { model, ranker } = await open({
      textScore: ({ text, prompt }) => {
        const asked = prompt.kind === 'text' ? prompt.text : '';
        // The description is likely where the code is the loop.
        const isReview = text === task.description;
        return {
          logProbability: isReview ? (asked.includes('for') ? -1 : -9) : -4,
          tokenCount: isReview ? 2 : 4,
        };
      },
    });
    const sum = (await (await ranker('coder-reviewer')).prepare({ task, candidates: all }))(draw);
    expect([sum.get('short'), sum.get('long'), sum.get('empty')]).toEqual([-6.5, -2.5, null]);
    const mean = (await (await ranker('coder-reviewer-mean')).prepare({ task, candidates: all }))(draw);
    expect([mean.get('short'), mean.get('long')]).toEqual([-2.75, -0.75]);
    expect(model.calls.scoreText).toHaveLength(2 * all.length);
    const review = model.calls.scoreText.find(({ text }) => text === task.description)?.prompt;
    expect(review?.kind === 'text' ? review.text : '').toContain('def f(x):');
  });
});

describe('shallow', () => {
  const dataset = (name: string, taskIds: readonly string[]) => {
    const path = join(folder, name);
    rmSync(path, { recursive: true, force: true });
    const write = (file: string, records: readonly object[]) =>
      writeFileSync(join(path, file), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const training = (id: string) => ({
      ...{ id, benchmark: 'b', language: 'python', description: `d ${id}`, signature: 's', prompt: null },
      ...{ completion: null, entryPoint: null, tests: null, problem: null, canonical: null, resources: null },
      metadata: {},
    });
    mkdirSync(path);
    write(
      'tasks.jsonl',
      taskIds.map((id) => ({ split: 'train', task: training(id) })),
    );
    write(
      'candidates.jsonl',
      taskIds.flatMap((taskId) =>
        [1, 2, 10, 11].map((length) => ({
          taskId,
          split: 'train',
          candidateId: `${taskId} ${length}`,
          code: `x = ${'1 + '.repeat(length)}1`,
          label: length < 5 ? 1 : 0,
          samples: 1,
        })),
      ),
    );
    return path;
  };

  it('learns from training tasks, leaving out what is ranked', async () => {
    const train = dataset('short-is-right', ['a', 'b', 'c', 't']);
    const { ranker } = await open(perCharacter, { train });
    const shallow = await ranker('shallow');
    const scores = (await shallow.prepare({ task, candidates: [short, long] }))(draw);
    expect(scores.get('short')).toBeGreaterThan(scores.get('long') ?? 1);
    expect(shallow.how()).toContain('3 training tasks');
    expect(shallow.notices?.()).toEqual([
      'shallow: left out of its training, ranked problems themselves: 1 tasks',
    ]);
  });

  it('is an error when nothing is left to learn from', async () => {
    const { ranker } = await open(perCharacter, { train: dataset('same', ['t']) });
    await expect(ranker('shallow')).rejects.toMatchObject({ code: 'usage' });
  });
});
