import { describe, expect, it } from 'vitest';
import { type Task, taskSchema } from '../../contracts/task.ts';
import { candidateOfCompletion } from '../candidate-of-completion.ts';
import { recogniseFormat } from './recognise-format.ts';

async function taskOf(value: Record<string, unknown>): Promise<Task> {
  const place = 'f.jsonl:1';
  const format = recogniseFormat(value, place);
  const record = { value, text: JSON.stringify(value), line: 1 };
  return taskSchema.parse(
    await format.toTask(record, {
      place,
      file: 'f.jsonl',
      line: 1,
      projectFolder: null,
      filesBelow: async () => [],
    }),
  );
}

function programOf(task: Task, completion: string): string {
  return `${task.tests?.before}${candidateOfCompletion(task, completion)}\n${task.tests?.after}`;
}

const PROMPT =
  'import math\n\n\ndef twice(x):\n    """ Two times. """\n    return 2 * x\n\n\ndef thrice(x: int) -> int:\n    """ Three times.\n    >>> thrice(2)\n    6\n    """\n';

describe('HumanEval', () => {
  const record = {
    task_id: 'HumanEval/23',
    prompt: PROMPT,
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
      canonical: `${PROMPT.slice(PROMPT.indexOf('def thrice'))}    return twice(x) + x\n`,
      metadata: { sourceId: 'HumanEval/23', licence: 'MIT' },
    });
    expect(task.tests?.before).toBe(PROMPT.slice(0, PROMPT.indexOf('def thrice')));
    expect(programOf(task, '    return 0')).toBe(`${PROMPT}    return 0\n${record.test}\ncheck(thrice)`);
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

describe('MultiPL-E', () => {
  const java = {
    name: 'HumanEval_23_strlen',
    language: 'java',
    prompt:
      'import java.util.*;\nclass Problem {\n    // Return length\n    // >>> strlen("a")\n    public static long strlen(String s) {\n',
    tests: '    }\n    public static void main(String[] args) {\n    }\n}\n',
    stop_tokens: ['\n    }\n'],
  };

  it('makes the closing brace of the tests part of the method', async () => {
    const task = await taskOf(java);
    expect(task).toMatchObject({
      id: 'multipl-e-humaneval/java/23_strlen',
      benchmark: 'multipl-e-humaneval',
      problem: 'humaneval/23',
      description: 'Return length\n>>> strlen("a")',
      signature: 'public static long strlen(String s)',
      entryPoint: 'strlen',
      metadata: { stopTokens: ['\n    }\n'] },
    });
    expect(candidateOfCompletion(task, '        return 0;')).toBe(
      '    public static long strlen(String s) {\n        return 0;\n    }',
    );
    expect(programOf(task, '        return 0;')).toBe(`${java.prompt}        return 0;\n${java.tests}`);
  });

  it.each([
    [
      'rs',
      'rust',
      '/// Doc.\nfn f(s: String) -> isize {\n',
      '}\n\nfn main() {\n}\n',
      'Doc.',
      'fn f(s: String) -> isize',
    ],
    ['js', 'javascript', '//Doc.\n// More.\nfunction f(s){\n', 'f();', 'Doc.\nMore.', 'function f(s)'],
    [
      'go_test.go',
      'go',
      'package f_test\n\nimport (\n    "fmt"\n)\n\n// Doc.\nfunc f(s string) int {\n',
      'x\n',
      'Doc.',
      'func f(s string) int',
    ],
    ['lua', 'lua', '-- Doc.\nlocal function f(s)\n', 'f()', 'Doc.', 'local function f(s)'],
    ['pl', 'pl', '# Doc.\n# More.\nsub f {\n    my($s) = @_;\n', 'f();', 'Doc.\nMore.', 'sub f'],
    [
      'd',
      'd',
      'import std.math;\n/*\n\nDoc.\n*/\nlong f(string s) {\n',
      'unittest',
      'Doc.',
      'long f(string s)',
    ],
    ['hs', 'hs', '-- Doc.\nf :: String -> Int\nf s = ', 'main = f', 'Doc.', 'f :: String -> Int'],
  ])('%s', async (source, language, prompt, tests, description, signature) => {
    const task = await taskOf({ ...java, language: source, prompt, tests });
    expect(task).toMatchObject({ language, description, signature });
    expect(programOf(task, 'BODY')).toBe(`${prompt}BODY\n${tests}`);
  });
});

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
    const record = { task_id: 'HumanEval/0', prompt: PROMPT, entry_point: 'thrice', test: 't', ...wrong };
    await expect(taskOf(record)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
    await expect(taskOf(record)).rejects.toThrow(/^f\.jsonl:1: /);
  });
});
