import { describe, expect, it } from 'vitest';
import { HUMANEVAL_PROMPT, programOf, taskOf } from '../../../test/support/benchmark-task.ts';

describe('HumanEval', () => {
  const record = {
    task_id: 'HumanEval/23',
    prompt: HUMANEVAL_PROMPT,
    entry_point: 'thrice',
    canonical_solution: '    return twice(x) + x\n',
    test: '\n\ndef check(candidate):\n    assert candidate(2) == 6\n',
  };

  it('gives the function to the candidate, the rest to the tests', async () => {
    const task = await taskOf(record);
    expect(task).toMatchObject({
      id: 'humaneval/python/23',
      problem: 'humaneval/23',
      description: 'Three times.\n>>> thrice(2)\n6',
      signature: 'def thrice(x: int) -> int:',
      entryPoint: 'thrice',
      canonical: `${HUMANEVAL_PROMPT.slice(HUMANEVAL_PROMPT.indexOf('def thrice'))}    return twice(x) + x\n`,
      metadata: { sourceId: 'HumanEval/23', licence: 'MIT' },
    });
    expect(task.tests?.before).toBe(HUMANEVAL_PROMPT.slice(0, HUMANEVAL_PROMPT.indexOf('def thrice')));
    expect(programOf(task, '    return 0')).toBe(
      `${HUMANEVAL_PROMPT}    return 0\n${record.test}\ncheck(thrice)`,
    );
  });

  it('knows the larger tests of EvalPlus, as the hub has them', async () => {
    const test =
      'import numpy as np\n\ndef assertion(out, exp, atol):\n    pass\n\ndef check(c):\n    inputs = []\n';
    expect(await taskOf({ ...record, test })).toMatchObject({
      id: 'humaneval-plus/python/23',
      problem: 'humaneval/23',
      metadata: { needs: ['numpy'] },
    });
  });
});
