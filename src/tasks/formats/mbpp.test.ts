import { describe, expect, it } from 'vitest';
import { taskOf } from '../../../test/support/benchmark-task.ts';

describe('MBPP', () => {
  const record = {
    task_id: 601,
    text: 'Write it.',
    code: 'class Pair(object): \r\n\tpass\r\ndef helper(x): \r\n\treturn x\r\ndef max_chain(arr, n): \r\n\treturn helper(arr)',
    test_setup_code: 'p = Pair()',
    test_list: ['assert max_chain([Pair()], 4) == 3', 'assert max_chain([], 4) == 3'],
    challenge_test_list: [],
  };

  it('is the code followed by set-up and asserts', async () => {
    expect(await taskOf(record)).toMatchObject({
      id: 'mbpp/python/601',
      problem: 'mbpp/601',
      signature: 'def max_chain(arr, n):',
      entryPoint: 'max_chain',
      canonical: record.code.replaceAll('\r', ''),
      tests: { before: '', after: `p = Pair()\n${record.test_list.join('\n')}\n` },
    });
  });

  it('the sanitized files, and MBPP+ of the hub', async () => {
    const { text, ...rest } = record;
    const sanitized = { ...rest, prompt: text, test_imports: ['import math'], test_setup_code: undefined };
    expect(await taskOf(sanitized)).toMatchObject({
      description: 'Write it.',
      tests: { after: `import math\n${record.test_list.join('\n')}\n` },
    });
    expect(await taskOf({ ...sanitized, test: 'import numpy as np\nx' })).toMatchObject({
      id: 'mbpp-plus/python/601',
      tests: { after: 'import numpy as np\nx\n' },
    });
  });

  it('refuses asserts that call nothing of the code', async () => {
    await expect(taskOf({ ...record, test_list: ['assert other(1) == 2'] })).rejects.toThrow(
      /^f\.jsonl:1: test_list: expected asserts that call a function of code, received "assert other/,
    );
  });
});
