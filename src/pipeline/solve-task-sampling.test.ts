import { describe, expect, it } from 'vitest';
import { body, options, RIGHT, task, team, WRONG, writer } from '../../test/support/solve-team.ts';
import { type LanguageModel, requireCapability } from '../lm/language-model.ts';
import { openResultCache } from '../store/result-cache.ts';
import type { OpenTeam } from './open-team.ts';
import type { SolveOptions } from './solve-run.ts';
import { solveTask } from './solve-task.ts';

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

  it('stops sampling early and says what it saved', async () => {
    const { open, generator } = team([WRONG, RIGHT, WRONG, WRONG], { config: { stopWhen: 0.85 } });
    const config = { ...open.config, generator: { ...open.config.generator, samples: 4 } };
    const result = await solveTask(task, { ...open, config }, options);
    expect(result.trace).toMatchObject({ samplesDrawn: 2, samplesSavedByEarlyStop: 2 });
    expect(generator.calls.samplesDelivered).toBe(2);
    expect(generator.calls.sample[0]?.inTurn).toBe(true);
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
});
