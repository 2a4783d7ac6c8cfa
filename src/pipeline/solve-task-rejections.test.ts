import { describe, expect, it } from 'vitest';
import { body, options, RIGHT, task, team } from '../../test/support/solve-team.ts';
import { solveTask } from './solve-task.ts';

describe('solveTask', () => {
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
});
