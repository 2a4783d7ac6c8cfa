import { describe, expect, it } from 'vitest';
import { programOf, taskOf } from '../../../test/support/benchmark-task.ts';

describe('HumanEval-X', () => {
  const java = {
    task_id: 'Java/7',
    prompt:
      'import java.util.*;\n\nclass Solution {\n    /**\n    Doc.\n     */\n    public int f(int x) {\n',
    declaration: '…',
    canonical_solution: '        return x;\n    }\n}',
    test: 'public class Main {\n}\n',
    text: '    Doc.\n      deeper',
  };

  it('leaves the brace of the class to the tests', async () => {
    const task = await taskOf(java);
    expect(task).toMatchObject({
      id: 'humaneval-x/java/7',
      problem: 'humaneval/7',
      description: 'Doc.\n  deeper',
      canonical: '    public int f(int x) {\n        return x;\n    }\n',
    });
    expect(programOf(task, java.canonical_solution)).toBe(
      `${java.prompt}        return x;\n    }\n\n}\n${java.test}`,
    );
  });

  it.each([
    ['CPP/7', 'cpp', '#include<vector>\nint f(int x){\n', /^#include<stdlib\.h>\n(?!.*vector.*vector)/s],
    ['JavaScript/7', 'javascript', 'const f = (x) => {\n', /^const f/],
    [
      'Go/7',
      'go',
      'import (\n"math"\n)\n\nfunc F(x int) int {\n',
      /^package main\n\nfunc F|^package main\n\n\n\nfunc F/,
    ],
    ['Python/7', 'python', 'def f(x):\n    """Doc."""\n', /^def f/],
    ['Rust/7', 'rust', '\n/* Doc. */\n', /^\nfn main\(\)\{ \n \} \nfn f\(x: i32\)/],
  ])('%s', async (task_id, language, prompt, start) => {
    const task = await taskOf({
      ...java,
      task_id,
      prompt,
      declaration: language === 'rust' ? 'fn f(x: i32) -> i32 {\n' : '',
      import: 'import (\n"math"\n)',
      test_setup: 'package main\n',
    });
    expect(task).toMatchObject({ language, problem: 'humaneval/7' });
    expect(programOf(task, 'BODY')).toMatch(start);
    expect(programOf(task, 'BODY')).toContain(`BODY\n${java.test}`);
  });

  it('refuses an id without a language', async () => {
    await expect(taskOf({ ...java, task_id: '7' })).rejects.toMatchObject({
      code: 'usage',
      message: 'f.jsonl:1: task_id: expected a language and a number such as Java/0, received "7"',
    });
  });
});
