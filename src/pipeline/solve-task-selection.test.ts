import { describe, expect, it } from 'vitest';
import { body, options, RIGHT, task, team, WRONG, writer } from '../../test/support/solve-team.ts';
import { CodejuryError } from '../errors.ts';
import { createFakeLanguageModel, type FakeScript } from '../testing/create-fake-language-model.ts';
import { solveTask } from './solve-task.ts';

describe('solveTask', () => {
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
});
