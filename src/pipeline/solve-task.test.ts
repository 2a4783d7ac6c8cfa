import { describe, expect, it } from 'vitest';
import { teamConfigSchema } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import { createStrategy } from '../judge/create-strategy.ts';
import { type LanguageModel, requireCapability } from '../lm/language-model.ts';
import { UNCALIBRATED } from '../select/score-verdict.ts';
import { noResultCache, openResultCache } from '../store/result-cache.ts';
import { adhocTask } from '../tasks/adhoc-task.ts';
import { createFakeLanguageModel, type FakeScript } from '../testing/create-fake-language-model.ts';
import { combineByFormula } from './open-combiner.ts';
import type { OpenTeam } from './open-team.ts';
import type { OpenWriter } from './open-writer.ts';
import type { SolveOptions } from './solve-run.ts';
import { solveTask } from './solve-task.ts';

const task = adhocTask({
  description: 'Return x plus one.',
  signature: 'def inc(x: int) -> int:',
  language: 'python',
});

const body = (expression: string) =>
  `\`\`\`python\ndef inc(x: int) -> int:\n    return ${expression}\n\`\`\``;
const RIGHT = body('x + 1');
const WRONG = body('x - 1');

/** Judges by what stands in the code: the right one gets 0.9. */
const fairJudge: FakeScript = {
  name: 'judge',
  labelProbabilities: ({ own }) => (own.includes('x + 1') ? [0.1, 0.9] : [0.8, 0.2]),
};

function writer(model: LanguageModel): OpenWriter {
  return {
    model,
    promptKind: 'chat',
    settings: { temperature: 1, topP: 1, topK: 0, maxTokens: 64 },
    context: { documents: [], examples: [] },
  };
}

function team(
  samples: FakeScript['samples'],
  options: { config?: object; judge?: FakeScript | null; escalation?: FakeScript } = {},
) {
  const generator = createFakeLanguageModel({ name: 'generator', samples: samples ?? [] });
  const judge = options.judge === null ? null : createFakeLanguageModel(options.judge ?? fairJudge);
  const escalation = options.escalation;
  const count = Array.isArray(samples) ? samples.length : 3;
  const config = teamConfigSchema.parse({ generator: { samples: count }, ...options.config });
  const open: OpenTeam = {
    config,
    writer: writer(generator),
    judges:
      judge === null
        ? []
        : [
            {
              name: 'judge',
              model: judge,
              strategy: createStrategy(
                { method: 'zero-shot', layout: 'zero-shot', labels: null, promptKind: 'chat' },
                { examples: null },
              ),
              calibration: UNCALIBRATED,
            },
          ],
    combine: combineByFormula(config, [{ name: 'judge', calibration: UNCALIBRATED }]),
    openEscalation: escalation === undefined ? null : async () => writer(createFakeLanguageModel(escalation)),
  };
  return { open, generator, judge };
}

const options: SolveOptions = {
  seed: 7,
  cache: noResultCache,
  executor: null,
  signal: new AbortController().signal,
};

function withoutTimes<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, entry) => (/Ms$/.test(key) ? null : entry))) as T;
}

describe('solveTask', () => {
  it('ends answers where the rest cannot change the candidate, completions at stop strings only', async () => {
    const answers = [`${RIGHT}\n\nExample:\n${WRONG}\n`, `${WRONG}\nIt subtracts.\n`, 'No idea.\n'];
    const { open, generator } = team(answers);
    const texts: string[] = [];
    const onEvent: SolveOptions['onEvent'] = (event) => {
      if (event.kind === 'sample') {
        texts.push(event.sample.text);
      }
    };
    const result = await solveTask(task, open, { ...options, onEvent });
    expect(texts).toEqual([`${RIGHT}\n`, `${WRONG}\n`, 'No idea.\n']);
    // The same from a model that knows no early end.
    const whole = team(answers);
    const unchecked: LanguageModel = {
      ...whole.generator,
      sample: ({ isComplete: _, ...request }) => requireCapability(whole.generator, 'sample')(request),
    };
    const uncut = await solveTask(task, { ...whole.open, writer: writer(unchecked) }, options);
    expect(uncut.candidates.map(({ code }) => code)).toEqual(result.candidates.map(({ code }) => code));
    const completing = team(['    return x + 1\n']);
    const base = { ...completing.open.writer, promptKind: 'completion' as const };
    await solveTask(task, { ...completing.open, writer: base }, options);
    expect(generator.calls.sample[0]?.isComplete).toBeDefined();
    expect(completing.generator.calls.sample[0]?.isComplete).toBeUndefined();
  });

  it('selects what the judges believe most, judging each distinct candidate once', async () => {
    const { open, judge } = team([WRONG, RIGHT, WRONG, WRONG]);
    const result = await solveTask(task, open, options);
    expect(result.selected?.code).toContain('x + 1');
    expect(result.selected?.score).toBeCloseTo(0.9, 6);
    expect(result.selected?.tieBrokenBy).toBeNull();
    expect(result.candidates.map(({ samples }) => samples)).toEqual([[0, 2, 3], [1]]);
    expect(judge?.calls.scoreLabels).toHaveLength(2);
    expect(result.trace.judgementsSavedByDuplicates).toBe(2);
  });

  it('gives the same document for the same seed', async () => {
    const samples = [RIGHT, WRONG, 'no code at all'];
    const first = await solveTask(task, team(samples).open, options);
    const second = await solveTask(task, team(samples).open, options);
    expect(withoutTimes(second)).toEqual(withoutTimes(first));
  });

  it('does not depend on the order in which samples finish', async () => {
    const samples = [WRONG, RIGHT, body('x + 2'), WRONG];
    const inOrder = await solveTask(task, team(samples).open, options);
    const shuffled = team(samples);
    const original = shuffled.generator.sample;
    const reversed: LanguageModel = {
      ...shuffled.generator,
      async *sample(request) {
        const all = [];
        for await (const sample of original?.(request) ?? []) {
          all.push(sample);
        }
        yield* all.reverse();
      },
    };
    const result = await solveTask(task, { ...shuffled.open, writer: writer(reversed) }, options);
    expect(withoutTimes(result)).toEqual(withoutTimes(inOrder));
  });

  it('counts rejected samples by reason and never shows them to a judge', async () => {
    const { open, judge } = team([
      'I cannot.',
      body('(x'),
      `\`\`\`python\ndef inc(x):\n    pass\n\`\`\``,
      RIGHT,
    ]);
    const result = await solveTask(task, open, options);
    expect(result.trace.rejections).toEqual({ 'no-code': 1, incomplete: 1, 'empty-body': 1 });
    expect(judge?.calls.scoreLabels).toHaveLength(1);
    expect(result.candidates.filter(({ rejected }) => rejected !== null)).toHaveLength(3);
  });

  it('renames a function of another name, and rejects it where it cannot: nobody could call it', async () => {
    const taken = '```python\ndef increment(x):\n    inc = 1\n    return x + inc\n```';
    const { open, judge } = team([RIGHT.replace('inc', 'increment'), taken]);
    const result = await solveTask(task, open, options);
    expect(result.candidates[0]).toMatchObject({ rejected: null, renamedFrom: 'increment' });
    expect(result.candidates[0]?.code).toContain('def inc(x: int)');
    expect(result.candidates[1]?.rejected).toEqual({
      reason: 'wrong-name',
      detail: 'it does not define inc',
    });
    expect(judge?.calls.scoreLabels).toHaveLength(1);
  });

  it('judges incomplete code when the team has no parse gate', async () => {
    const { open, judge } = team([body('(x')], { config: { gates: [] } });
    await solveTask(task, open, options);
    expect(judge?.calls.scoreLabels).toHaveLength(1);
  });

  it('stops sampling early and says what it saved', async () => {
    const { open, generator } = team([WRONG, RIGHT, WRONG, WRONG], { config: { stopWhen: 0.85 } });
    const config = { ...open.config, generator: { ...open.config.generator, samples: 4 } };
    const result = await solveTask(task, { ...open, config }, options);
    expect(result.trace).toMatchObject({ samplesDrawn: 2, samplesSavedByEarlyStop: 2 });
    expect(generator.calls.samplesDelivered).toBe(2);
    expect(generator.calls.sample[0]?.inTurn).toBe(true);
  });

  it('abstains below the minimum score', async () => {
    const result = await solveTask(task, team([WRONG], { config: { minimumScore: 0.5 } }).open, options);
    expect(result).toMatchObject({ selected: null, abstained: true, escalated: false });
    expect(result.candidates[0]?.score).toBeCloseTo(0.2, 6);
  });

  it('abstains when nothing usable was written', async () => {
    const result = await solveTask(task, team(['Sorry.']).open, options);
    expect(result).toMatchObject({ selected: null, abstained: true });
  });

  it('escalates once, only when unsure, and returns that answer with its evidence', async () => {
    const config = { minimumScore: 0.5, escalateTo: { model: 'large' } };
    const escalation = { name: 'large', samples: [body('1 + x')] };
    const unsure = await solveTask(task, team([WRONG], { config, escalation }).open, options);
    expect(unsure).toMatchObject({ escalated: true, abstained: false });
    expect(unsure.selected?.code).toContain('1 + x');
    expect(unsure.candidates.find(({ id }) => id === unsure.selected?.candidateId)).toMatchObject({
      generator: 'large',
      samples: [1],
    });
    const sure = await solveTask(task, team([RIGHT], { config, escalation }).open, options);
    expect(sure.escalated).toBe(false);
  });

  it('a judge that never says 0 or 1 leaves scores null; votes decide and the result says so', async () => {
    const judge: FakeScript = { name: 'judge', labelProbabilities: () => [0.01, 0.02] };
    const result = await solveTask(task, team([RIGHT, WRONG, WRONG], { judge }).open, options);
    expect(result.candidates.map(({ score }) => score)).toEqual([null, null]);
    expect(result.selected).toMatchObject({ score: null, tieBrokenBy: 'multiplicity' });
    expect(result.selected?.code).toContain('x - 1');
  });

  it('ranks by log-likelihood without judges and says of what', async () => {
    const samples = [
      { text: WRONG, meanLogProbability: -0.9 },
      { text: RIGHT, meanLogProbability: -0.2 },
    ];
    const result = await solveTask(
      task,
      team(samples, { judge: null, config: { judges: [] } }).open,
      options,
    );
    expect(result.selected).toMatchObject({ rankedBy: 'log-likelihood', score: -0.2 });
    expect(result.trace.notices).toEqual(['ranked by the mean log-probability of the generated tokens']);
  });

  it('rescores the extracted code where the engine can, and does without where a server turns out not to', async () => {
    const samples = [RIGHT, WRONG];
    const noJudges = { judge: null, config: { judges: [] } };
    const able = team(samples, noJudges);
    const scoring = createFakeLanguageModel({
      samples,
      textScore: ({ text }) => ({ logProbability: text.includes('x + 1') ? -9 : -3, tokenCount: 3 }),
    });
    const rescored = await solveTask(task, { ...able.open, writer: writer(scoring) }, options);
    expect(rescored.selected).toMatchObject({ score: -1 });
    expect(rescored.selected?.code).toContain('x - 1');

    const refusing = createFakeLanguageModel({
      samples: [{ text: RIGHT, meanLogProbability: -0.5 }],
      textScore: () => {
        throw new CodejuryError('capability', 'this server does not score text');
      },
    });
    const fallback = await solveTask(task, { ...able.open, writer: writer(refusing) }, options);
    expect(fallback.selected?.score).toBe(-0.5);
  });

  it('ends with the judge’s fault, not with its consequences', async () => {
    const judge: FakeScript = {
      name: 'judge',
      labelProbabilities: () => {
        throw new CodejuryError('server', 'the judge is down');
      },
    };
    const solving = solveTask(task, team([RIGHT, WRONG, RIGHT], { judge }).open, options);
    await expect(solving).rejects.toMatchObject({ code: 'server', message: 'the judge is down' });
  });

  it('stops for an abort', async () => {
    const controller = new AbortController();
    const { open, generator } = team((_request, index) => {
      if (index === 1) {
        controller.abort();
      }
      return RIGHT;
    });
    const solving = solveTask(task, open, { ...options, signal: controller.signal });
    await expect(solving).rejects.toMatchObject({ code: 'aborted' });
    expect(generator.calls.samplesDelivered).toBeLessThan(3);
  });

  it('reuses what an earlier run drew and judged, for weights with a digest', async () => {
    const cache = await openResultCache(':memory:');
    const known = (open: OpenTeam): OpenTeam => ({
      ...open,
      writer: writer({ ...open.writer.model, digest: 'aa' }),
      judges: open.judges.map((judge) => ({ ...judge, model: { ...judge.model, digest: 'bb' } })),
    });
    const first = await solveTask(task, known(team([RIGHT, WRONG]).open), { ...options, cache });
    const again = team([WRONG, WRONG]);
    const second = await solveTask(task, known(again.open), { ...options, cache });
    cache.close();
    expect(again.generator.calls.samplesDelivered).toBe(0);
    expect(again.judge?.calls.scoreLabels).toHaveLength(0);
    expect(second.trace.reusedResults).toBe(4);
    expect(second.selected).toEqual(first.selected);
  });

  it('rejects an unknown language by name', async () => {
    const solving = solveTask({ ...task, language: 'pyton' }, team([RIGHT]).open, options);
    await expect(solving).rejects.toMatchObject({ code: 'usage' });
  });
});
