import { describe, expect, it } from 'vitest';
import { fewShotJudgePrompt } from './few-shot-judge.ts';
import { judgePrompt } from './judge-layout.ts';

// Text that a careless template would interpret.
const task = { description: 'Costs $& and {candidate}.\n', signature: 'def f(x):' };
const code = 'def f(x):\n    return x\n\n';

describe('judgePrompt', () => {
  const whole = (layout: 'zero-shot' | 'compact' | 'rankef') => {
    const { shared, own } = judgePrompt({ layout, task, code });
    return shared + own;
  };

  it.each(['zero-shot', 'compact', 'rankef'] as const)(
    '%s: fields in their order, taken as they are, and what candidates share first',
    (layout) => {
      expect(whole(layout)).toMatch(
        /Costs \$& and \{candidate\}\.\n[\s\S]*def f\(x\):\n[\s\S]*def f\(x\):\n {4}return x\n/,
      );
      expect(whole(layout)).not.toMatch(/ $/);
      expect(judgePrompt({ layout, task, code }).shared).toBe(
        judgePrompt({ layout, task, code: 'other' }).shared,
      );
    },
  );

  it('compact: no instruction', () => {
    expect(whole('compact')).toBe(
      'Costs $& and {candidate}.\n\ndef f(x):\n\ndef f(x):\n    return x\n\n# Output:\n',
    );
  });

  it('rankef: prefix and cue say which of its tasks is asked for', () => {
    expect(whole('rankef')).toMatch(/^<CLASSIFICATION>\n[\s\S]*\nResult:\n$/);
    const { shared, own } = judgePrompt({ layout: 'rankef', part: 'generation', task, code });
    expect(shared + own).toMatch(/^<GENERATION>\n[\s\S]*\nEVAL_MESSAGE:\n$/);
  });
});

describe('fewShotJudgePrompt', () => {
  it('is the zero-shot prompt with solved examples between instruction and question', () => {
    const { shared, own } = fewShotJudgePrompt(task, code, [{ task, code: 'A\n', label: 0 }]);
    const zeroShot = judgePrompt({ layout: 'zero-shot', task, code });
    const question = (zeroShot.shared + zeroShot.own).slice(shared.length);
    expect(own.endsWith(question)).toBe(true);
    expect(own.slice(0, -question.length)).toMatch(/^\n\n# Description:\n[\s\S]*\nA\n\n# Output:\n0$/);
    const none = fewShotJudgePrompt(task, code, []);
    expect(none.shared + none.own).toBe(zeroShot.shared + zeroShot.own);
  });
});
