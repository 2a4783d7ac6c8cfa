import { afterAll, describe, expect, it } from 'vitest';
import { openExecutor } from '../../execute/open-executor.ts';
import { describeSandbox, openSandbox } from '../../execute/sandbox/open-sandbox.ts';
import { drawOf } from '../../select/draw-samples.ts';
import type { PoolCandidate, RankedTask } from '../../select/ranker.ts';
import { noResultCache } from '../../store/result-cache.ts';
import { createFakeLanguageModel } from '../../testing/create-fake-language-model.ts';
import { seededRandom } from '../../util/random.ts';
import { openLedger } from '../ledger.ts';
import { readTeam } from '../read-team.ts';
import { clusterRanker } from './cluster-ranker.ts';
import { codetRanker } from './codet-ranker.ts';
import { openGeneratedTests } from './generated-tests.ts';
import { observePasses, observeValues } from './observe-candidate.ts';
import type { ScoreSources } from './score-sources.ts';

const problem = (await describeSandbox(process.env)).problem;
const executor = problem === null ? openExecutor({ sandbox: await openSandbox('auto', process.env) }) : null;
afterAll(() => executor?.close());

const task: RankedTask = {
  id: 't',
  language: 'python',
  description: 'Doubles x.',
  signature: 'def double(x):',
  prompt: 'import math\n\ndef double(x):\n    """ Doubles x.\n    >>> double(3)\n    6\n    """\n',
  entryPoint: 'double',
  problem: null,
  preamble: 'import math\n\n',
};
const candidate = (id: string, body: string): PoolCandidate => ({
  id,
  code: `def double(x):\n    ${body}\n`,
  samples: [0],
  meanLogProbability: null,
});
const right = candidate('right', 'return 2 * x');
const alike = candidate('alike', 'return x + x');
const wrong = candidate('wrong', 'return x * x');
const slow = candidate('slow', 'while x > 2: pass\n    return 2 * x');
const broken = candidate('broken', 'return missing(x)');
const all = [right, alike, wrong, slow, broken];

const model = createFakeLanguageModel({
  // The prompt has opened the first one.
  samples: ['2) == 4\nassert double(5) == 10\nassert double(5) ==', '5) == 10\nassert double("a") == "aa"'],
});
const sources: ScoreSources = {
  opener: { open: () => Promise.reject(new Error('no model')), dispose: async () => undefined },
  cache: noResultCache,
  ledger: openLedger(),
  languages: [],
  seed: 1,
  signal: new AbortController().signal,
  judges: await readTeam(null),
  writer: async () => ({
    model,
    promptKind: 'completion',
    settings: { temperature: 1, topP: 1, topK: 0, maxTokens: 100 },
    context: { documents: [], examples: [] },
  }),
  textScorer: () => Promise.reject(new Error('not asked for')),
  executor: async () => {
    if (executor === null) throw new Error('no sandbox');
    return executor;
  },
  close: async () => undefined,
};
const draw = (candidates: readonly PoolCandidate[]) => drawOf(candidates, () => seededRandom(1));

const skipped = problem === null ? '' : ` (skipped: ${problem})`;
describe.skipIf(problem !== null)(`candidates in the sandbox${skipped}`, { timeout: 60_000 }, () => {
  it('observePasses has a digit for each statement, and stops what takes long', async () => {
    const statements = [
      'assert double(1) == 2',
      'assert double(3) == 6',
      'assert double("b") == "bb"',
      'x =',
    ];
    const observed = await Promise.all(all.map((one) => observePasses(statements, task, one, sources)));
    expect(observed).toEqual(['1110', '1110', '0000', '1000', '0000']);
    expect(await observePasses(statements, task, { code: 'def double(' }, sources)).toBeNull();
    expect(await observePasses(statements, task, { code: 'raise SystemExit(0)' }, sources)).toBeNull();
    // More than a report has room for.
    const many = Array.from({ length: 1_500 }, (_, index) => `assert double(${index}) % 3 == 0`);
    const expected = many.map((_, index) => ((2 * index) % 3 === 0 ? '1' : '0')).join('');
    expect(await observePasses(many, task, right, sources)).toBe(expected);
  });

  it('observeValues is equal for equal values, and null without any', async () => {
    const calls = ['double(2)', 'double(5)', 'double(None)'];
    const of = (one: PoolCandidate, inputs = calls) => observeValues(inputs, task, one, sources);
    expect(await of(right)).toBe(await of(alike));
    expect(await of(right)).not.toBe(await of(wrong));
    expect(await of(wrong, ['double(2)'])).toBe(await of(right, ['double(2)']));
    expect(await of(broken)).toBeNull();
  });

  it('codet chooses the set that agrees with most tests', async () => {
    const ranker = codetRanker(openGeneratedTests(sources, 2), sources);
    const scorer = await ranker.prepare({ task, candidates: all });
    const scores = scorer(draw([wrong, right, alike, alike, slow, broken]));
    // Tests: double(2) == 4, twice double(5) == 10, double("a") == "aa"; `wrong` passes the first, `slow` too.
    expect(scores.get('right')).toBeCloseTo(Math.sqrt(3) * 4, 9);
    expect(scores.get('alike')).toBe(scores.get('right'));
    expect(scores.get('wrong')).toBeCloseTo(Math.sqrt(2), 9);
    expect(scores.get('broken')).toBe(0);
    expect(ranker.how()).toBe('agreement with 4 tests written by fake');
  });

  it('behaviour clusters pool the votes of those that behave alike, weighted by the judge', async () => {
    const judge = {
      score: async (_task: RankedTask, { id }: PoolCandidate) => (id === 'wrong' ? 0.9 : 0.5),
      how: 'the judge',
      notices: () => [],
    };
    const ranker = clusterRanker('clusters', openGeneratedTests(sources, 2), judge, sources);
    const scorer = await ranker.prepare({ task, candidates: all });
    const scores = scorer(draw([wrong, right, alike, broken]));
    expect(scores.get('right')).toBeCloseTo(1, 6);
    expect(scores.get('wrong')).toBeCloseTo(0.9, 6);
    expect(scores.get('broken')).toBeCloseTo(0.5, 6);
    expect(ranker.how()).toContain('alike on 4 inputs');
  });
});
