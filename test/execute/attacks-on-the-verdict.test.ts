import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/contracts/execution.ts';
import type { Limits } from '../../src/execute/limits.ts';
import { type AttackBench, openAttackBench, problem, titled } from './attack-bench.ts';

interface Attack {
  readonly name: string;
  /** Defines f(), which should return 1 and does not. */
  readonly code: string;
  readonly after?: string;
  readonly outcome: Outcome;
  readonly limits?: Partial<Limits>;
}

const FORGED = 'b"5:ready,52:6:+NONCE,6:+37524,7:+passed,1:-,1:-,1:-,1:-,1:-,1:-,,"';
const BRIEF = { wallTimeMs: 1_000 };

const attacks: readonly Attack[] = [
  {
    name: 'prints a verdict to stdout, stderr and every descriptor there may be',
    code: `import os, sys
def f():
    print(${FORGED}); print(${FORGED}, file=sys.stderr)
    for descriptor in range(256):
        try: os.write(descriptor, ${FORGED})
        except OSError: pass`,
    outcome: 'failed',
  },
  {
    name: 'floods every descriptor',
    code: `import os
def f():
    for descriptor in range(256):
        try:
            os.set_blocking(descriptor, False)
            for _ in range(100): os.write(descriptor, b"x" * 65536)
        except OSError: pass`,
    outcome: 'runtime-error',
  },
  {
    name: 'closes every descriptor and fails',
    code: 'import os\ndef f():\n    os.closerange(0, 256)',
    outcome: 'runtime-error',
  },
  {
    name: 'closes every descriptor and returns the right answer',
    code: 'import os\ndef f():\n    os.closerange(0, 256)\n    return 1',
    outcome: 'exited-early',
  },
  { name: 'os._exit(0)', code: 'import os\ndef f():\n    os._exit(0)', outcome: 'exited-early' },
  { name: 'os._exit(0) in the module', code: 'import os\nos._exit(0)', outcome: 'exited-early' },
  { name: 'sys.exit(0)', code: 'import sys\ndef f():\n    sys.exit(0)', outcome: 'exited-early' },
  { name: 'exit()', code: 'def f():\n    exit()', outcome: 'exited-early' },
  { name: 'sys.exit(False)', code: 'import sys\ndef f():\n    sys.exit(False)', outcome: 'runtime-error' },
  { name: 'sys.exit("text")', code: 'import sys\ndef f():\n    sys.exit("text")', outcome: 'runtime-error' },
  {
    name: 'raises a SystemExit that lies about its code',
    code: `class Leave(SystemExit):
    code = property(lambda self: 0)
def f():
    raise Leave(1)`,
    outcome: 'exited-early',
  },
  {
    name: 'exits with 0 from atexit',
    code: 'import atexit, os\natexit.register(os._exit, 0)\ndef f():\n    return 2',
    outcome: 'failed',
  },
  {
    name: 'exits with 1 from atexit after passing',
    code: 'import atexit, os\natexit.register(os._exit, 1)\ndef f():\n    return 1',
    outcome: 'runtime-error',
  },
  {
    name: 'exits from a thread while the tests run',
    code: `import os, threading, time
threading.Thread(target=os._exit, args=(0,)).start()
def f():
    time.sleep(600)`,
    outcome: 'exited-early',
  },
  {
    name: 'exec replaces the process by one that succeeds',
    code: 'import os\ndef f():\n    os.execv("/usr/bin/true", ["true"])',
    outcome: 'exited-early',
  },
  {
    name: 'lets a forked child pass in its place',
    code: `import os
def f():
    if os.fork() == 0:
        return 1
    os.wait()
    return 2`,
    outcome: 'failed',
  },
  {
    name: 'a forked child fails in its place',
    code: `import os
def f():
    if os.fork() == 0:
        return 2
    os.wait()
    return 1`,
    outcome: 'passed',
  },
  {
    name: 'replaces builtins',
    code: `import builtins
def f():
    for name in ("AssertionError", "isinstance", "issubclass", "str", "repr", "len", "type", "BaseException", "getattr", "exec", "print"):
        setattr(builtins, name, None)`,
    outcome: 'failed',
  },
  {
    name: 'replaces what the runner imported',
    code: `import os, sys
def f():
    os.write = os._exit = os.getpid = sys.exc_info = lambda *a: 0
    sys.excepthook = sys.modules["__main__"] = None`,
    outcome: 'failed',
  },
  {
    name: 'looks for the runner in __main__ and sys.modules',
    code: `import sys
def f():
    main = sys.modules["__main__"]
    return int(any(hasattr(m, "make_report") for m in list(sys.modules.values())) or hasattr(main, "netstring"))`,
    after: 'assert f() == 0',
    outcome: 'passed',
  },
  {
    name: 'looks for the nonce of the host',
    code: `import gc, re, sys
def f():
    frame, found = sys._getframe(), []
    while frame:
        found += [k for k, v in list(frame.f_locals.items()) + list(frame.f_globals.items()) if type(v) is str and re.fullmatch("[0-9a-f]{32}", v)]
        frame = frame.f_back
    found += [o for o in gc.get_objects() if type(o) is str and re.fullmatch("[0-9a-f]{32}", o)]
    return found`,
    after: 'assert f() == []',
    outcome: 'passed',
  },
  {
    name: 'changes the names of the tests',
    code: `import sys
def f():
    sys._getframe(1).f_globals["assert"] = None
    sys._getframe(1).f_globals["AssertionError"] = Exception`,
    outcome: 'failed',
  },
  {
    name: 'traces and profiles every call',
    code: `import sys
def f():
    sys.settrace(lambda *a: sys.exit(0))
    sys.setprofile(lambda *a: sys.exit(0))`,
    outcome: 'exited-early',
  },
  {
    name: 'raises an exception that cannot be described',
    code: `class Odd(Exception):
    def __str__(self): raise SystemExit(0)
    __repr__ = __str__
def f():
    raise Odd`,
    outcome: 'runtime-error',
  },
  {
    name: 'raises an exception that takes for ever to describe',
    code: `class Odd(Exception):
    def __str__(self):
        while True: pass
def f():
    raise Odd`,
    outcome: 'runtime-error',
  },
  {
    name: 'returns what never ends to describe or to compare',
    code: `class Odd:
    def __repr__(self):
        while True: pass
def f():
    return Odd()`,
    outcome: 'failed',
  },
  {
    name: 'hangs in __del__ after passing',
    code: `class Odd:
    def __del__(self):
        while True: pass
kept = Odd()
def f():
    return 1`,
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'leaves a thread that never ends',
    code: `import threading, time
threading.Thread(target=time.sleep, args=(600,)).start()
def f():
    return 1`,
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'leaves a daemon thread, which Python does not wait for',
    code: `import threading, time
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
def f():
    return 1`,
    outcome: 'passed',
  },
  { name: 'loops', code: 'def f():\n    while True: pass', outcome: 'timeout', limits: BRIEF },
  {
    name: 'loops and catches everything',
    code: `import signal
def f():
    while True:
        try:
            while True: pass
        except BaseException: pass`,
    outcome: 'timeout',
    limits: BRIEF,
  },
  { name: 'reads stdin', code: 'def f():\n    return input()', outcome: 'runtime-error' },
  { name: 'recurses for ever', code: 'def f():\n    return f()', outcome: 'runtime-error' },
  {
    name: 'recurses through the C stack',
    code: `import sys
sys.setrecursionlimit(10**9)
class A:
    __getattr__ = lambda self, name: getattr(self, name + "x")
def f():
    x = []
    for _ in range(10**6): x = [x]
    return repr(x)`,
    outcome: 'runtime-error',
  },
  {
    name: 'computes a gigantic integer',
    code: 'def f():\n    return 9 ** 9 ** 9',
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'matches a catastrophic regular expression',
    code: 'import re\ndef f():\n    return re.match("(a+)+$", "a" * 60 + "b")',
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'prints lone surrogates and fails with them',
    code: 'def f():\n    raise ValueError("\\ud800\\udfff \\x00 5:ready,")',
    outcome: 'runtime-error',
  },
  {
    name: 'kills itself by a signal',
    code: 'import os\ndef f():\n    os.kill(os.getpid(), 11)',
    outcome: 'runtime-error',
  },
  {
    name: 'swallows the tests with an open string',
    code: 'def f():\n    return 2\nx = """',
    after: 'assert f() == 1\n"""end"""',
    outcome: 'compile-error',
  },
  {
    name: 'swallows the tests with a line that goes on',
    code: 'def f():\n    return 2\nif 0: \\',
    after: 'assert f() == 1',
    outcome: 'compile-error',
  },
  {
    name: 'is too deep for the compiler',
    code: `def f():\n    return ${'('.repeat(5000)}1${')'.repeat(5000)}`,
    outcome: 'compile-error',
  },
  { name: 'has a zero byte', code: 'def f():\n    return "\0"', outcome: 'compile-error' },
];

describe.skipIf(problem !== null)(titled('attacks on the verdict'), () => {
  let bench: AttackBench;
  beforeAll(async () => {
    bench = await openAttackBench('verdict');
  });
  afterAll(() => bench.close());

  for (const { name, code, after = 'assert f() == 1', outcome, limits } of attacks) {
    it(`${name}: ${outcome}`, async () => {
      const execution = await bench.run(code, after, limits);
      expect(execution.outcome, JSON.stringify(execution.feedback)).toBe(outcome);
      expect(await bench.survivors()).toEqual([]);
    });
  }

  /** What one process cannot keep apart. Known, documented in run.py, and never more than a lie about oneself. */
  describe('known limits', () => {
    it('an object that equals everything passes an equality test', async () => {
      const code = 'class Yes:\n    def __eq__(self, other): return True\ndef f():\n    return Yes()';
      expect((await bench.run(code, 'assert f() == 1')).outcome).toBe('passed');
      expect((await bench.run(code, 'assert type(f()) is int and f() == 1')).outcome).toBe('failed');
    });

    it('code that looks up the report function on the stack can call it, for itself alone', async () => {
      const code = `import sys, os
def f():
    frame = sys._getframe()
    while frame:
        if "report" in frame.f_locals:
            frame.f_locals["report"]("passed")
            os._exit(0)
        frame = frame.f_back`;
      expect((await bench.run(code, 'assert f() == 1')).outcome).toBe('passed');
      expect((await bench.run('def f():\n    return 2', 'assert f() == 1')).outcome).toBe('failed');
    });
  });
});
