import { describe, expect, it } from 'vitest';
import { judgePrompt } from '../prompts/judge-layout.ts';
import { probePrompt } from '../prompts/probe-prompt.ts';
import { type RowCandidate, type RowRules, trainingRows, validationRow } from './judge-rows.ts';

const task = { id: 't', language: 'python', description: 'Add one.', signature: 'def f(x):', problem: null };
const candidate: RowCandidate = {
  candidateId: 'c',
  code: 'def f(x):\n    return x',
  label: 0,
  outcome: 'failed',
  feedback: null,
  feedbackText: 'It is wrong.',
};
const rules = (objective: RowRules['objective'], layout: RowRules['layout']): RowRules => ({
  objective,
  scheme: 'binary',
  layout,
  head: 'label',
});

describe('rows', () => {
  it.each([
    ['verdict', 'zero-shot', 'zero-shot'],
    ['verdict+feedback', 'compact', 'compact'],
    // Whatever verdicts are asked by.
    ['faults', 'zero-shot', 'compact'],
    ['faults', 'compact', 'compact'],
    ['rankef', 'zero-shot', 'rankef'],
  ] as const)('of %s, given %s, are questions as the judge will be asked: %s', (objective, given, layout) => {
    const asked = judgePrompt({ layout, task, code: candidate.code });
    expect(validationRow(task, candidate, rules(objective, given))?.prompt).toEqual(asked);
    expect(trainingRows(task, candidate, rules(objective, given))[0]?.prompt).toEqual(asked);
  });

  it('of a head are the prompts of a probe, and nothing is answered', () => {
    const probed: RowRules = { ...rules('verdict', 'compact'), head: 'probe' };
    expect(trainingRows(task, candidate, probed)).toMatchObject([
      { prompt: probePrompt('compact', task, candidate.code), completion: '', label: 0 },
    ]);
    expect(validationRow(task, { ...candidate, code: ' \n' }, probed)).toBeNull();
  });
});
