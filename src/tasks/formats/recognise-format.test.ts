import { describe, expect, it } from 'vitest';
import { HUMANEVAL_PROMPT, taskOf } from '../../../test/support/benchmark-task.ts';
import { recogniseFormat } from './recognise-format.ts';

describe('an unknown format', () => {
  it('names the nearest and what it lacks', () => {
    expect(() => recogniseFormat({ task_id: 'x', completion: 'c' }, 'f.jsonl:1')).toThrow(
      /^f\.jsonl:1: expected tasks, received samples \(HumanEval samples\)$/,
    );
    expect(() => recogniseFormat({ task_id: 'x', prompt: 'p', entry_point: 'f' }, 'f.jsonl:1')).toThrow(
      /^f\.jsonl:1: not a known task format; nearest is HumanEval, which also has test; received the fields task_id, prompt, entry_point$/,
    );
    expect(() => recogniseFormat({}, 'f.jsonl:1')).toThrow(/received no fields/);
  });

  it.each([
    [{ task_id: 1 }, /task_id: expected string, received 1/],
    [{ test: null }, /test: expected string, received null/],
    [{ canonical_solution: 5 }, /canonical_solution: expected string, received 5/],
  ])('a wrong field is named: %j', async (wrong, message) => {
    const record = {
      task_id: 'HumanEval/0',
      prompt: HUMANEVAL_PROMPT,
      entry_point: 'thrice',
      test: 't',
      ...wrong,
    };
    await expect(taskOf(record)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
    await expect(taskOf(record)).rejects.toThrow(/^f\.jsonl:1: /);
  });
});
