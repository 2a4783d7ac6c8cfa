import { describe, expect, it } from 'vitest';
import { programOf, taskOf } from '../../../test/support/benchmark-task.ts';
import { candidateOfCompletion } from '../candidate-of-completion.ts';

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
