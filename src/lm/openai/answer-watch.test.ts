import { expect, it } from 'vitest';
import { createAnswerWatch } from './answer-watch.ts';
import type { CollectedChoice } from './collect-choice.ts';

const choice = (text: string, finishReason: CollectedChoice['finishReason']): CollectedChoice => ({
  text,
  finish: finishReason,
  finishReason,
  positions: null,
});

it('learns from a whole answer without closing tags only, and for good', () => {
  const watch = createAnswerWatch();
  watch.see(choice('Let me see.\n</think>\ndef f(x): ...', 'stop'));
  watch.see(choice('Let me see. First, I', 'length'));
  watch.see(choice('', 'stop'));
  expect(watch.beginsOutsideReasoning()).toBe(false);
  watch.see(choice('Here it is: x', 'stop'));
  watch.see(choice('More.\n</think>\n', 'stop'));
  expect(watch.beginsOutsideReasoning()).toBe(true);
});
