import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { commandRunnerSchema } from '../../src/contracts/command-runner.ts';
import { customLanguageSchema } from '../../src/contracts/custom-language.ts';
import type { Outcome } from '../../src/contracts/execution.ts';
import type { Limits } from '../../src/execute/limits.ts';
import { type AttackBench, openAttackBench, problem, titled } from './attack-bench.ts';

const LOOT = '/tmp/codejury-attack-loot';

/** Python by commands, as a private language would be run: nothing of it is known but these. */
const COMMANDS: z.input<typeof commandRunnerSchema> = {
  run: ['python3', '-I', '-S', '{{file}}'],
  finished: 'print("{{token}}")',
  errors: {
    assertion: ['^AssertionError(?:: (?<message>.*))?$'],
    memory: ['^MemoryError'],
    runtime: ['^(?<kind>\\w+Error): (?<message>.*)$'],
  },
};

/** A compiler that runs what a program has for it, as macros are, and then copies the program. */
const COMPILER = `import sys
source = open(sys.argv[1]).read()
head, _, rest = source.partition("# end of macros\\n")
exec(head if rest else "")
open("made.py", "w").write(rest or source)
`;

/** An interpreter that reads its program line by line: what a program reads is the rest of itself. */
const READER = `import os
line, scope = b"", {"os": os}
while byte := os.read(0, 1):
    line += byte
    if byte == b"\\n":
        exec(line.replace(b"say ", b"print('").strip() + b"')" if line.startswith(b"say ") else line, scope)
        line = b""
`;

/** What every attack may use: `tried(f)` is what f returned, or the type of what it raised. */
const PRELUDE = `import os, sys, time
def tried(work, *arguments):
    try:
        return work(*arguments)
    except BaseException as error:
        return type(error).__name__
`;

interface Attack {
  readonly name: string;
  /** Defines attack(), which should return 1 and mostly does not. */
  readonly code: string;
  readonly after?: string;
  readonly outcome: readonly Outcome[];
  readonly kind?: string;
  readonly limits?: Partial<Limits>;
}

const TESTS = 'r = attack(); assert r == 1, r';
const BRIEF = { wallTimeMs: 1_000 };
const SECONDS = { wallTimeMs: 3_000 };
const FORGED = `"${'0'.repeat(32)} 0\\\\n${'0'.repeat(32)}\\\\n"`;

const onTheVerdict: readonly Attack[] = [
  {
    name: 'prints what the driver says, and what the end of the tests prints, with a number nobody gave',
    code: `def attack():\n    os.write(1, ${FORGED}.encode()); os.write(2, ${FORGED}.encode()); os._exit(0)`,
    outcome: ['exited-early'],
  },
  { name: 'os._exit(0)', code: 'def attack():\n    os._exit(0)', outcome: ['exited-early'], kind: 'exit' },
  { name: 'sys.exit(0) before the tests begin', code: 'sys.exit(0)', outcome: ['exited-early'] },
  {
    name: 'raises SystemExit in a test',
    code: 'def attack():\n    raise SystemExit',
    outcome: ['exited-early'],
  },
  {
    name: 'exit code 0 at the end of a failing program',
    code: 'import atexit\natexit.register(os._exit, 0)\ndef attack():\n    return 2',
    outcome: ['failed'],
  },
  {
    name: 'exit code 3 after everything has passed',
    code: 'import atexit\natexit.register(os._exit, 3)\ndef attack():\n    return 1',
    outcome: ['runtime-error'],
    kind: 'exit-code-3',
  },
  {
    name: 'becomes another program, which succeeds',
    code: 'def attack():\n    os.execv("/bin/true", ["true"])',
    outcome: ['exited-early'],
  },
  {
    name: 'lets a child pass in its place',
    code: 'def attack():\n    if os.fork() == 0:\n        return 1\n    os.wait()\n    return 2',
    outcome: ['failed'],
  },
  {
    name: 'lets a child go on and leaves',
    code: 'def attack():\n    if os.fork() == 0:\n        time.sleep(0.2)\n        return 1\n    os._exit(0)',
    outcome: ['exited-early'],
  },
  {
    name: 'closes its output and leaves with 0',
    code: 'def attack():\n    os.closerange(0, 256)\n    os._exit(0)',
    outcome: ['exited-early'],
  },
  {
    name: 'closes its output and returns the right answer',
    code: 'def attack():\n    os.closerange(1, 256)\n    return 1',
    outcome: ['exited-early', 'runtime-error'],
  },
  {
    name: 'prints after the end of the tests',
    code: 'import atexit\natexit.register(lambda: print("later"))\ndef attack():\n    return 1',
    outcome: ['exited-early'],
  },
  {
    name: 'prints errors, and passes',
    code: 'def attack():\n    print("AssertionError: no\\nMemoryError\\nTypeError: no"); return 1',
    outcome: ['passed'],
  },
  {
    name: 'prints another error before it fails',
    code: 'def attack():\n    print("MemoryError"); sys.stdout.flush(); return 2',
    outcome: ['failed'],
  },
  {
    name: 'prints half a line before it passes',
    code: 'def attack():\n    print("50 %", end=""); return 1',
    outcome: ['passed'],
  },
  {
    name: 'swallows the tests with an open text',
    code: 'def attack():\n    return 2\nx = """',
    outcome: ['runtime-error'],
  },
  {
    name: 'changes the program that it is part of',
    code: 'def attack():\n    return [tried(work) for work in (lambda: open(sys.argv[0], "w"), lambda: os.remove(sys.argv[0]), lambda: os.rename(sys.argv[0], "x"))]',
    after: 'r = attack(); assert set(r) == {"OSError"}, r',
    outcome: ['passed'],
  },
  {
    name: 'prints bytes that are no text',
    code: 'def attack():\n    os.write(1, bytes(range(256)) * 100); return 2',
    outcome: ['failed'],
  },
];

const onTheHost: readonly Attack[] = [
  {
    name: 'reads files of the host',
    code: `def attack():\n    return [tried(os.listdir, p) for p in ("/etc", "/root", "/home", "/var", "/proc", "/sys", ${JSON.stringify(homedir())}, ${JSON.stringify(process.cwd())})] + [tried(open, "/etc/shadow")]`,
    after: 'r = attack(); assert set(r) == {"FileNotFoundError"}, r',
    outcome: ['passed'],
  },
  {
    name: 'reads the environment',
    code: 'def attack():\n    return sorted(os.environ)',
    after:
      'r = attack(); assert set(r) <= {"HOME", "LANG", "LC_CTYPE", "PATH", "PWD", "OLDPWD", "TMPDIR"}, r',
    outcome: ['passed'],
  },
  {
    name: 'writes outside its folder',
    code: 'def attack():\n    return [tried(open, p + "/codejury-attack", "w") for p in ("/", "/usr", "/usr/bin", "/usr/lib", "/dev", "/dev/shm", "/bin")]',
    after: 'r = attack(); assert set(r) == {"OSError"}, r',
    outcome: ['passed'],
  },
  {
    name: 'leaves a file for the next candidate',
    code: `def attack():\n    open(${JSON.stringify(LOOT)}, "w").write("x"); open("loot", "w"); return 1`,
    outcome: ['passed'],
  },
  {
    name: 'looks for files of another candidate',
    code: 'def attack():\n    return sorted(os.listdir("."))',
    after: 'r = attack(); assert r == ["program.py"], r',
    outcome: ['passed'],
  },
  {
    name: 'fork bomb',
    code: 'def attack():\n    while True:\n        tried(os.fork)',
    outcome: ['timeout', 'runtime-error', 'out-of-memory'],
    limits: SECONDS,
  },
  {
    name: 'takes all memory',
    code: 'def attack():\n    kept = []\n    while True:\n        kept.append(bytearray(1 << 24))',
    outcome: ['out-of-memory'],
  },
  {
    name: 'takes memory, catches the error and goes on',
    code: 'def attack():\n    kept = []\n    while True:\n        tried(lambda: kept.append(bytearray(1 << 22)))',
    outcome: ['timeout', 'out-of-memory'],
    limits: SECONDS,
  },
  {
    name: 'fills the scratch space',
    code: 'def attack():\n    for i in range(100):\n        open(str(i), "wb").write(bytes(1 << 20))',
    outcome: ['runtime-error'],
    kind: 'OSError',
  },
  {
    name: 'writes one huge file',
    code: 'def attack():\n    file = open("huge", "wb")\n    while True:\n        file.write(bytes(1 << 22))',
    outcome: ['runtime-error'],
  },
  {
    name: 'prints without end',
    code: 'def attack():\n    while True:\n        os.write(1, b"x" * 65536)',
    outcome: ['runtime-error'],
    kind: 'output',
  },
  {
    name: 'prints errors without end',
    code: 'def attack():\n    while True:\n        os.write(2, b"x" * 65536)',
    outcome: ['runtime-error'],
    kind: 'output',
  },
  {
    name: 'loops',
    code: 'def attack():\n    while True: pass',
    outcome: ['timeout'],
    kind: 'wall-time',
    limits: BRIEF,
  },
  {
    name: 'uses more CPU time than it may',
    code: 'def attack():\n    while True: pass',
    outcome: ['timeout'],
    kind: 'cpu-time',
    limits: { cpuTimeMs: 1_000 },
  },
  {
    name: 'ignores every signal and sleeps',
    code: 'import signal\ndef attack():\n    for number in range(1, 65): tried(signal.signal, number, signal.SIG_IGN)\n    time.sleep(600)',
    outcome: ['timeout'],
    limits: BRIEF,
  },
  {
    name: 'leaves daemons in sessions of their own, which hold its output open',
    code: 'def attack():\n    for _ in range(5):\n        if os.fork() == 0:\n            os.setsid()\n            if os.fork() == 0: time.sleep(600)\n            os._exit(0)\n    return 1',
    outcome: ['passed'],
  },
  {
    name: 'leaves a daemon that prints on and on',
    code: 'def attack():\n    if os.fork() == 0:\n        os.setsid()\n        while True: tried(os.write, 1, b"x"); time.sleep(0.001)\n    time.sleep(0.1); os._exit(0)',
    outcome: ['exited-early'],
  },
  {
    name: 'kills everything it may',
    code: 'def attack():\n    os.kill(-1, 9)\n    time.sleep(600)',
    outcome: ['timeout', 'runtime-error'],
    limits: BRIEF,
  },
  {
    name: 'kills and stops what started it',
    code: 'import signal\ndef attack():\n    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM):\n        tried(os.kill, os.getppid(), number); tried(os.kill, 1, number)\n    return 1',
    outcome: ['passed'],
  },
  {
    name: 'raises its limits',
    code: 'import resource as r\ndef attack():\n    return [tried(r.setrlimit, n, (-1, -1)) for n in (r.RLIMIT_CPU, r.RLIMIT_AS, r.RLIMIT_FSIZE, r.RLIMIT_NPROC, r.RLIMIT_NOFILE)]',
    after: 'r = attack(); assert set(r) <= {"ValueError", "PermissionError"}, r',
    outcome: ['passed'],
  },
  {
    name: 'takes its input for somebody',
    code: 'def attack():\n    return len(sys.stdin.read()) + 1',
    outcome: ['passed'],
  },
];

/** Attacks by what the compiler runs. */
const onTheCompiler: readonly (Attack & { readonly macro: string })[] = [
  {
    name: 'prints that it compiles, and does not',
    macro: `os.write(1, ${FORGED}.encode()); sys.exit(1)`,
    code: '',
    outcome: ['compile-error'],
  },
  {
    name: 'ends the compiler with 0 before it has made anything',
    macro: 'os._exit(0)',
    code: '',
    outcome: ['runtime-error'],
  },
  {
    name: 'prints without end',
    macro: 'while True: os.write(1, b"x" * 65536)',
    code: '',
    outcome: ['compile-error'],
  },
  {
    name: 'leaves a process that prints while the program runs',
    macro:
      'if os.fork() == 0:\n    os.setsid()\n    while True:\n        for d in range(256): tried(os.write, d, b"x")\n        time.sleep(0.01)',
    code: 'def attack():\n    time.sleep(0.3); return 1',
    outcome: ['passed'],
  },
  {
    name: 'makes the program another one, which leaves early',
    macro: 'open("made.py", "w").write("print(1)"); os._exit(0)',
    code: '',
    outcome: ['exited-early'],
  },
  {
    name: 'kills the driver: nothing can be said of it, and it does not pass',
    macro: 'os.kill(os.getppid(), 9); time.sleep(600)',
    code: '',
    outcome: ['sandbox-error'],
  },
  {
    name: 'kills everything it may',
    macro: 'os.kill(-1, 9); time.sleep(600)',
    code: '',
    outcome: ['sandbox-error'],
  },
  {
    name: 'fills the scratch space',
    macro: 'for i in range(100): open(str(i), "wb").write(bytes(1 << 20))',
    code: '',
    outcome: ['compile-error'],
  },
  {
    name: 'takes all memory',
    macro: 'kept = []\nwhile True: kept.append(bytearray(1 << 24))',
    code: '',
    outcome: ['compile-error', 'out-of-memory'],
  },
];

describe.skipIf(problem !== null)(titled('attacks on the command runner'), () => {
  let folder = '';
  let bench: Record<'file' | 'stdin' | 'lines' | 'macro' | 'bare' | 'again', AttackBench>;
  let server: Server;
  let connections = 0;
  let port = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'codejury-attacks-'));
    const compiler = join(folder, 'compiler.py');
    writeFileSync(compiler, COMPILER);
    const reader = join(folder, 'reader.py');
    writeFileSync(reader, READER);
    const open = (id: string, runner: Partial<typeof COMMANDS>) =>
      openAttackBench(`command-${id}`, id, [
        customLanguageSchema.parse({
          id,
          extension: '.py',
          blockStyle: 'indentation',
          functionPattern: '^def (?<name>\\w+)',
          runner: { ...COMMANDS, ...runner },
        }),
      ]);
    bench = {
      file: await open('file', {}),
      stdin: await open('stdin', { run: ['python3', '-I', '-S', '-'], programOn: 'stdin' }),
      macro: await open('macro', {
        files: [compiler],
        compile: ['python3', '-I', '-S', 'compiler.py', '{{file}}'],
        run: ['python3', '-I', '-S', 'made.py'],
      }),
      bare: await open('bare', { finished: null }),
      again: await open('again', {
        errors: {
          assertion: ['line (?<line>\\d+), in <module>\\n.*\\n(?:.*\\n)?(?<kind>AssertionError)$'],
          testLine: '^assert (?<input>.*) == (?<expected>.*)$',
        },
        showActual: 'print("{{token}}", {{input}}) # asked again',
      }),
      lines: await open('lines', {
        files: [reader],
        run: ['python3', '-I', '-S', 'reader.py'],
        programOn: 'stdin',
        // Ends as what it prints does.
        finished: 'say {{token}}',
      }),
    };
    server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(async () => {
    server.close();
    for (const one of Object.values(bench)) await one.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const check = async (one: AttackBench, { code, after = TESTS, outcome, kind, limits }: Attack) => {
    const execution = await one.run(code, after, limits);
    expect(outcome, JSON.stringify(execution.feedback)).toContain(execution.outcome);
    if (kind !== undefined) expect(execution.feedback?.kind).toBe(kind);
    expect(await one.survivors()).toEqual([]);
    expect(existsSync(LOOT)).toBe(false);
    expect((await one.run('def attack():\n    return 1', TESTS)).outcome).toBe('passed');
    expect((await one.run('def attack():\n    return 2', TESTS)).outcome).toBe('failed');
  };

  for (const attack of [...onTheVerdict, ...onTheHost]) {
    it(`${attack.name}: ${attack.outcome.join(' or ')}, and nothing is left`, () =>
      check(bench.file, { ...attack, code: PRELUDE + attack.code }));
  }

  for (const { macro, ...attack } of onTheCompiler) {
    it(`while it is compiled: ${attack.name}: ${attack.outcome.join(' or ')}`, () =>
      check(bench.macro, {
        ...attack,
        code: `${PRELUDE}${macro}\n# end of macros\n${PRELUDE}${attack.code}`,
      }));
  }

  it('reaches neither the loopback of the host nor anything outside', async () => {
    const code = `${PRELUDE}
import socket
def attack():
    targets = [("127.0.0.1", ${port}), ("::1", ${port}), ("192.0.2.1", 80), ("8.8.8.8", 53), ("169.254.169.254", 80)]
    return [tried(socket.create_connection, target, 2) for target in targets] + [tried(socket.getaddrinfo, "example.com", 80)]`;
    const execution = await bench.file.run(code, 'r = attack(); assert all(type(x) is str for x in r), r');
    expect(execution.outcome, JSON.stringify(execution.feedback)).toBe('passed');
    expect(connections).toBe(0);
  });

  it('shares no memory limit among children: their sum counts', async ({ skip }) => {
    const isLimited = bench.file.sandbox.protections.some(
      ({ name, active }) => name === 'memory of all processes together' && active,
    );
    skip(!isLimited, 'no writable memory cgroup');
    const code = `${PRELUDE}
def attack():
    for _ in range(6):
        if os.fork() == 0:
            kept = bytearray(b"x") * (100 << 20)
            time.sleep(1)
            os._exit(0)
    return 1 if 9 in [os.wait()[1] for _ in range(6)] else 2`;
    const execution = await bench.file.run(code, TESTS, { memoryBytes: 300 * 1024 ** 2 });
    expect(execution.outcome, JSON.stringify(execution.feedback)).toBe('passed');
    expect(await bench.file.survivors()).toEqual([]);
  });

  it('finds no file of the program where it was read from standard input', async () => {
    const code = `${PRELUDE}
def attack():
    return os.listdir(".") + [tried(open, "program.py"), tried(sys.stdin.read)]`;
    const execution = await bench.stdin.run(code, 'r = attack(); assert r == ["FileNotFoundError", ""], r');
    expect(execution.outcome, JSON.stringify(execution.feedback)).toBe('passed');
  });

  it('does not pass by printing the tests that it was to run', async () => {
    const tests = 'if attack() != 1: raise AssertionError';
    const run = async (code: string) => (await bench.lines.run(code, tests)).outcome;
    expect(await run('def attack(): return 1')).toBe('passed');
    expect(await run('def attack(): return 2')).toBe('failed');
    expect(await run('os.write(1, os.read(0, 99999))')).toBe('exited-early');
    expect(await run('os.read(0, 99999)')).toBe('exited-early');
  });

  it('has failed, whatever it does when it is run again for the actual value', async () => {
    const waits = `import sys, time
def attack():
    if "# asked again" in open(sys.argv[0]).read().splitlines()[-2]: time.sleep(600)
    return 2`;
    const { outcome, feedback } = await bench.again.run(waits, 'assert attack() == 1', BRIEF);
    expect([outcome, feedback?.input, feedback?.expected, feedback?.actual]).toEqual([
      'failed',
      'attack()',
      '1',
      null,
    ]);
    expect(await bench.again.survivors()).toEqual([]);
    const plain = await bench.again.run('def attack():\n    return 2', 'assert attack() == 1');
    expect(plain.feedback).toMatchObject({ input: 'attack()', expected: '1', actual: '2' });
  });

  /** What one process cannot keep apart. Known, and never more than a lie about oneself. */
  describe('known limits', () => {
    it('without a statement for the end of the tests, leaving early with 0 passes; the runner says so', async () => {
      expect((await bench.bare.run('import os\nos._exit(0)', TESTS)).outcome).toBe('passed');
      expect((await bench.bare.executor.runner('bare')).notes?.join()).toContain(
        'exit code 0 counts as passed',
      );
    });

    it('code that makes a text of the tests passes where they end that text', async () => {
      const code = 'def attack():\n    return 2\nx = """';
      expect((await bench.file.run(code, `${TESTS}\n"""`)).outcome).toBe('passed');
    });

    it('code that reads its own program can say what its end says, for itself alone', async () => {
      const code = `${PRELUDE}
sys.stdout.write(open(sys.argv[0]).read().split('"')[-2]); sys.stdout.flush(); os._exit(0)`;
      expect((await bench.file.run(code, TESTS)).outcome).toBe('passed');
      expect((await bench.file.run('def attack():\n    return 2', TESTS)).outcome).toBe('failed');
    });
  });
});
