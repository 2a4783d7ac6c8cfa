import { describe, expect, it } from 'vitest';
import { taskOf } from '../../../test/support/benchmark-task.ts';

describe('CoderEval', () => {
  it('results and labelled candidates are tasks without tests', async () => {
    const java = {
      task_id: 'abc',
      description: 'Do it.',
      signature: 'public boolean hasBytes(){',
      candidate: '…',
      passed: true,
      unreliable_test: true,
    };
    expect(await taskOf(java)).toMatchObject({
      id: 'codereval/java/abc',
      signature: 'public boolean hasBytes()',
      entryPoint: 'hasBytes',
      tests: null,
      metadata: { unreliableTest: true },
    });
    expect(await taskOf({ ...java, signature: 'def f(self) -> int:' })).toMatchObject({ language: 'python' });
    expect(
      await taskOf({
        _id: 'abc',
        generate_results: [],
        docstring: '/** \n * Does it. \n */\n',
        method_name: 'go',
      }),
    ).toMatchObject({ id: 'codereval/java/abc', description: 'Does it.', tests: null });
  });
});
