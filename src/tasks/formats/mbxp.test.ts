import { describe, expect, it } from 'vitest';
import { programOf, taskOf } from '../../../test/support/benchmark-task.ts';

describe('MBXP', () => {
  const java = {
    task_id: 'MBJP/601',
    language: 'java',
    prompt:
      'class F {\n    /**\n     * * Write it.\n     *\n     * > f(1)\n     * 2\n     */\n    public static int f(int x) {\n',
    entry_point: 'f',
    test: '\n\nclass Main {\n}',
    description: 'Write it.',
  };

  it('Java leaves the brace of the class to the tests', async () => {
    const task = await taskOf(java);
    expect(task).toMatchObject({
      id: 'mbxp/java/601',
      problem: 'mbpp/601',
      description: 'Write it.\n\n> f(1)\n2',
      signature: 'public static int f(int x)',
      canonical: null,
    });
    expect(programOf(task, '        return 2;\n    }\n}')).toBe(
      `${java.prompt}        return 2;\n    }\n\n}\n${java.test.slice(1)}`,
    );
  });

  it('Go is put together as it is, Python like HumanEval', async () => {
    const go = {
      ...java,
      task_id: 'MBGP/5',
      language: 'go',
      prompt: 'package main\n// Doc.\nfunc f(x int) int {\n',
    };
    expect(programOf(await taskOf(go), 'BODY')).toBe(`${go.prompt}BODY${go.test}`);
    const python = { ...java, task_id: 'MBPP/5', language: 'python', prompt: 'def f(x):\n    """Doc."""\n' };
    expect(programOf(await taskOf(python), 'BODY')).toBe(`${python.prompt}BODY\n${python.test}\ncheck(f)`);
    expect(await taskOf({ ...go, task_id: 'HumanEval/5' })).toMatchObject({
      id: 'multi-humaneval/go/5',
      problem: 'humaneval/5',
    });
  });
});
