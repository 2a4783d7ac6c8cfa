import { afterAll, describe, expect, it } from 'vitest';
import type { Execution } from '../../contracts/execution.ts';
import type { Task } from '../../contracts/task.ts';
import { openExecutor } from '../open-executor.ts';
import { describeSandbox, openSandbox } from '../sandbox/open-sandbox.ts';

const signal = new AbortController().signal;
const { problem } = await describeSandbox(process.env);
const executor = problem === null ? openExecutor({ sandbox: await openSandbox('auto', process.env) }) : null;
afterAll(() => executor?.close());

/** Why a language cannot be run here; null where it can. */
async function problemOf(language: string): Promise<string | null> {
  const opened = executor?.runner(language);
  return opened === undefined
    ? problem
    : opened.then(
        () => null,
        (error: unknown) => String(error),
      );
}

interface Sources {
  readonly before: string;
  readonly after: string;
  readonly right: string;
  readonly wrong: string;
  /** Of the wrong one, as far as the language tells. */
  readonly said: object;
  readonly doesNotCompile: string;
  readonly compileError: object;
  readonly fails: string;
  readonly runtimeError: object;
  readonly exits: string;
  readonly hoards: string;
}

const languages: Readonly<Record<string, Sources>> = {
  cpp: {
    before: '#include <cassert>\n#include <cstdlib>\n#include <string>\n#include <vector>\n',
    after:
      'int main() {\n  auto candidate = f;\n  assert(candidate((1)) == (2));\n  assert(candidate((5)) == (6));\n}\n',
    right: 'long f(long x) {\n  return x + 1;\n}',
    wrong: 'long f(long x) {\n  return 2 * x;\n}',
    said: { input: 'candidate((5))', expected: '6' },
    doesNotCompile: 'long f(long x) {\n  return y;\n}',
    compileError: { kind: 'error', line: 2, message: expect.stringContaining('y') },
    fails: 'long f(long x) {\n  return std::vector<long>().at(x);\n}',
    runtimeError: { kind: 'std::out_of_range', message: expect.stringContaining('_M_range_check') },
    exits: 'long f(long x) {\n  exit(0);\n}',
    hoards:
      'long f(long x) {\n  std::vector<std::string> v;\n  while (1) v.push_back(std::string(1 << 20, 1));\n}',
  },
  rust: {
    before: '',
    after:
      'fn main() {\n    let candidate = f;\n    assert_eq!(candidate(1), 2);\n    assert_eq!(candidate(5), 6);\n}\n',
    right: 'fn f(x: isize) -> isize {\n    x + 1\n}',
    wrong: 'fn f(x: isize) -> isize {\n    2 * x\n}',
    said: { input: 'candidate(5)', expected: '6', actual: '10' },
    doesNotCompile: 'fn f(x: isize) -> isize {\n    y\n}',
    compileError: { kind: 'error[E0425]', line: 2, message: expect.stringContaining('y') },
    fails: 'fn f(x: isize) -> isize {\n    let none: Vec<isize> = vec![];\n    none[x as usize]\n}',
    runtimeError: { kind: 'panicked', line: 3, message: expect.stringContaining('index out of bounds') },
    exits: 'fn f(x: isize) -> isize {\n    std::process::exit(0)\n}',
    hoards: 'fn f(x: isize) -> isize {\n    let mut v = vec![];\n    loop { v.push(vec![1u8; 1 << 20]); }\n}',
  },
  go: {
    before: 'package f_test\n\nimport (\n    "testing"\n    "fmt"\n)\n\n',
    after: `func TestF(t *testing.T) {
  candidate := f
	type test struct {
		actual   interface{}
		expected interface{}
	}
   tests := []test{
     { actual: candidate(1), expected: 2 },
     { actual: candidate(5), expected: 6 },
   }
	for i, tc := range tests {
		t.Run(fmt.Sprintf("test num % d", i), func(t *testing.T) {
			if fmt.Sprintf("%v", tc.actual) != fmt.Sprintf("%v", tc.expected) {
				t.Errorf("expected '%s', got '%s'", tc.expected, tc.actual)
			}
		})
	}
}
`,
    right: 'func f(x int) int {\n\treturn x + 1\n}',
    wrong: 'func f(x int) int {\n\treturn 2 * x\n}',
    said: { expected: '6', actual: '10' },
    doesNotCompile: 'func f(x int) int {\n\treturn y\n}',
    compileError: { line: 2, message: expect.stringContaining('y') },
    fails: 'func f(x int) int {\n\tvar none []int\n\treturn none[x]\n}',
    runtimeError: { kind: 'panic', line: 3, message: expect.stringContaining('index out of range') },
    exits: 'import "syscall"\n\nfunc f(x int) int {\n\tsyscall.Exit(0)\n\treturn 0\n}',
    hoards:
      'func f(x int) int {\n\tvar v [][]byte\n\tfor {\n\t\tb := make([]byte, 1<<20)\n\t\tfor i := range b { b[i] = 1 }\n\t\tv = append(v, b)\n\t}\n}',
  },
  lua: {
    before: '',
    after: 'assert(f(1) == 2)\nassert(f(5) == 6)\n',
    right: 'function f(x)\n  return x + 1\nend',
    wrong: 'function f(x)\n  return 2 * x\nend',
    said: { input: 'f(5)', expected: '6', actual: '10' },
    doesNotCompile: 'function f(x)\n  return +\nend',
    compileError: { line: 2, message: expect.stringContaining('unexpected symbol') },
    fails: 'function f(x)\n  local none = nil\n  return none.x\nend',
    runtimeError: { line: 3, message: expect.stringContaining('nil value') },
    exits: 'function f(x)\n  os.exit(0)\nend',
    hoards: 'function f(x)\n  local s = "x"\n  while true do s = s .. s end\nend',
  },
  ruby: {
    before: '',
    after: 'raise "f(1) is #{f(1)}" unless f(1) == 2\nraise "no" unless f(5) == 6\n',
    right: 'def f(x)\n  x + 1\nend',
    wrong: 'def f(x)\n  2 * x\nend',
    said: { kind: 'RuntimeError', message: 'no' },
    doesNotCompile: 'def f(x)\n  x +\nend',
    compileError: { kind: 'syntax error', line: 3 },
    fails: 'def f(x)\n  x.absent\nend',
    runtimeError: { kind: 'NoMethodError', line: 2, message: expect.stringContaining('absent') },
    exits: 'def f(x)\n  exit 0\nend',
    hoards: "def f(x)\n  v = []\n  while true do v << 'x' * 1_000_000 end\nend",
  },
};

for (const [language, sources] of Object.entries(languages)) {
  const missing = await problemOf(language);
  const title = missing === null ? language : `${language} (skipped: ${missing})`;

  describe.skipIf(missing !== null)(title, () => {
    const { before, after } = sources;
    const task: Task = {
      id: 'task',
      benchmark: 'adhoc',
      language,
      description: 'adds one',
      signature: '',
      prompt: null,
      completion: null,
      entryPoint: 'f',
      tests: { before, after },
      problem: null,
      canonical: null,
      resources: null,
      metadata: {},
    };
    const run = async (code: string): Promise<Execution> => {
      if (executor === null) throw new Error('there is no sandbox');
      return executor.execute({ task, candidate: { id: 'c', code }, signal });
    };

    it('passes and fails', async () => {
      expect((await run(sources.right)).feedback).toBeNull();
      // Ruby has no assertions: what its tests raise is an error like any other.
      const outcome = language === 'ruby' ? 'runtime-error' : 'failed';
      expect(await run(sources.wrong)).toMatchObject({ outcome, feedback: sources.said });
    });

    it("tells compile errors and runtime errors with the candidate's line", async () => {
      expect(await run(sources.doesNotCompile)).toMatchObject({
        outcome: 'compile-error',
        feedback: sources.compileError,
      });
      expect(await run(sources.fails)).toMatchObject({
        outcome: 'runtime-error',
        feedback: sources.runtimeError,
      });
    });

    it('compiles alone, and with its tests', async () => {
      const compile = (code: string) => executor?.compile({ task, candidate: { id: 'c', code }, signal });
      expect(await compile(sources.right)).toBeNull();
      expect(await compile(sources.doesNotCompile)).toMatchObject(sources.compileError);
    });

    it('does not pass what exits with 0 before its tests have ended', async () => {
      expect((await run(sources.exits)).outcome).toBe('exited-early');
    });

    it('ends what hoards memory', async () => {
      expect((await run(sources.hoards)).outcome).toBe('out-of-memory');
    });
  });
}

describe.skipIf((await problemOf('go')) !== null)('a Go program with a main', () => {
  it('goes by its exit code', async () => {
    const task = {
      id: 'task',
      benchmark: 'adhoc',
      language: 'go',
      description: 'adds one',
      signature: '',
      prompt: null,
      completion: null,
      entryPoint: 'f',
      tests: {
        before: 'package main\n',
        after: 'func main() {\n\tif f(1) != 2 {\n\t\tpanic("wrong")\n\t}\n}\n',
      },
      problem: null,
      canonical: null,
      resources: null,
      metadata: {},
    };
    const run = (body: string) =>
      executor?.execute({
        task,
        candidate: { id: 'c', code: `func f(x int) int { return ${body} }` },
        signal,
      });
    expect((await run('x + 1'))?.outcome).toBe('passed');
    expect(await run('x')).toMatchObject({ outcome: 'runtime-error', feedback: { message: 'wrong' } });
  });
});
