import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/contracts/execution.ts';
import { type Limits, resolveLimits } from '../../src/execute/limits.ts';
import { findPython } from '../../src/execute/python/find-python.ts';
import { type AttackBench, openAttackBench, problem, titled } from './attack-bench.ts';

const LOOT = '/tmp/codejury-attack-loot';

/** What every attack may use: `tried(f)` is what f returned, or the type of what it raised. */
const PRELUDE = `
import os, sys, time
def tried(work, *arguments):
    try:
        return work(*arguments)
    except BaseException as error:
        return type(error).__name__
`;

interface Attack {
  readonly name: string;
  /** Defines attack(). */
  readonly code: string;
  readonly after?: string;
  readonly outcome: readonly Outcome[];
  readonly limits?: Partial<Limits>;
}

const SECONDS = { wallTimeMs: 3_000 };

const attacks: readonly Attack[] = [
  {
    name: 'reads the password file, the home folder and other folders of the host',
    code: `def attack():
    return [tried(os.listdir, p) for p in ("/etc", "/root", "/home", "/var", "/proc", "/sys", ${JSON.stringify(homedir())}, ${JSON.stringify(process.cwd())})] + [tried(open, "/etc/shadow")]`,
    after: 'assert set(attack()) == {"FileNotFoundError"}, attack()',
    outcome: ['passed'],
  },
  {
    name: 'reads the environment',
    code: 'def attack():\n    return sorted(os.environ)',
    after: 'assert attack() == ["HOME", "LANG", "PATH", "PWD", "PYTHONHASHSEED", "TMPDIR"], attack()',
    outcome: ['passed'],
  },
  {
    name: 'writes outside its scratch space',
    code: `def attack():
    return [tried(open, p + "/codejury-attack", "w") for p in ("/", "/usr", "/usr/bin", "/usr/lib", "/dev", "/dev/shm", "/bin")]`,
    after: 'assert set(attack()) == {"OSError"}, attack()',
    outcome: ['passed'],
  },
  {
    name: 'leaves a file for the next candidate',
    code: `def attack():\n    open(${JSON.stringify(LOOT)}, "w").write("x")\n    return True`,
    after: 'assert attack()',
    outcome: ['passed'],
  },
  {
    name: 'looks for files of another candidate',
    code: 'def attack():\n    return os.listdir("/tmp") + os.listdir("/dev/shm")',
    after: 'assert attack() == [], attack()',
    outcome: ['passed'],
  },
  {
    name: 'links to the host: symbolic, hard, and over its own folder',
    code: `def attack():
    os.symlink("/etc/passwd", "/tmp/a")
    os.symlink("/proc/1/root", "/tmp/b")
    os.symlink("../../../../../root", "/tmp/c")
    return [tried(open, "/tmp/a"), tried(os.listdir, "/tmp/b"), tried(os.listdir, "/tmp/c"), tried(os.link, "/usr/bin/env", "/tmp/d"), tried(os.rename, "/tmp", "/usr/tmp")]`,
    after:
      'assert attack() == ["FileNotFoundError", "FileNotFoundError", "FileNotFoundError", "OSError", "OSError"]',
    outcome: ['passed'],
  },
  {
    name: 'makes devices, mounts, changes root and user, gets capabilities back in a new namespace',
    code: `import ctypes
def attack():
    libc = ctypes.CDLL(None)
    return [
        libc.unshare(0x10000000), libc.unshare(0x00020000), libc.setns(0, 0),
        libc.mount(b"/", b"/tmp", None, 4096, None), libc.chroot(b"/tmp"), libc.umount2(b"/usr", 2), libc.sethostname(b"x", 1),
        tried(os.mknod, "/tmp/disk", 0o60600, os.makedev(8, 0)), tried(os.setuid, 0), tried(os.setgid, 0), tried(os.chown, "/tmp", 0, 0),
    ]`,
    after: 'r = attack(); assert all(x == -1 for x in r[:7]) and all(isinstance(x, str) for x in r[7:]), r',
    outcome: ['passed'],
  },
  {
    name: 'raises its limits',
    code: `import resource as r
def attack():
    names = (r.RLIMIT_CPU, r.RLIMIT_AS, r.RLIMIT_FSIZE, r.RLIMIT_NPROC, r.RLIMIT_NOFILE, r.RLIMIT_CORE)
    return [tried(r.setrlimit, n, (-1, -1)) for n in names] + [tried(r.prlimit, os.getppid(), n, (-1, -1)) for n in names]`,
    after: 'assert set(attack()) <= {"ValueError", "PermissionError"}, attack()',
    outcome: ['passed'],
  },
  {
    name: 'fork bomb',
    code: 'def attack():\n    while True:\n        os.fork()',
    outcome: ['runtime-error', 'timeout'],
    limits: SECONDS,
  },
  {
    name: 'fork bomb that swallows every error',
    code: 'def attack():\n    while True:\n        tried(os.fork)',
    outcome: ['timeout', 'runtime-error', 'out-of-memory'],
    limits: SECONDS,
  },
  {
    name: 'thread bomb',
    code: `import threading
def attack():
    while True:
        threading.Thread(target=time.sleep, args=(600,)).start()`,
    outcome: ['runtime-error', 'timeout', 'out-of-memory'],
    limits: SECONDS,
  },
  {
    name: 'takes all memory',
    code: 'def attack():\n    kept = []\n    while True:\n        kept.append(bytearray(1 << 24))',
    outcome: ['out-of-memory'],
  },
  {
    name: 'takes memory and catches MemoryError',
    code: `def attack():
    kept = []
    while True:
        tried(lambda: kept.append(bytearray(1 << 22)))`,
    outcome: ['timeout', 'out-of-memory'],
    limits: SECONDS,
  },
  {
    name: 'fills the scratch space',
    code: `def attack():
    for i in range(100):
        with open("/tmp/%d" % i, "wb") as file:
            file.write(bytes(1 << 20))`,
    outcome: ['runtime-error'],
  },
  {
    name: 'writes one huge file',
    code: `def attack():
    with open("/tmp/huge", "wb") as file:
        file.truncate(1 << 40)`,
    outcome: ['runtime-error'],
  },
  {
    name: 'prints a gigabyte',
    code: `def attack():
    block = b"x" * (1 << 20)
    for descriptor in (1, 2):
        for _ in range(512):
            os.write(descriptor, block)
    return True`,
    after: 'assert attack()',
    outcome: ['passed'],
  },
  {
    name: 'ignores every signal and sleeps',
    code: `import signal
def attack():
    for number in range(1, 65):
        tried(signal.signal, number, signal.SIG_IGN)
    time.sleep(600)`,
    outcome: ['timeout'],
    limits: { wallTimeMs: 1_000 },
  },
  {
    name: 'leaves daemons in sessions of their own',
    code: `def attack():
    for _ in range(5):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.closerange(0, 256)
                time.sleep(600)
            os._exit(0)
    return True`,
    after: 'assert attack()',
    outcome: ['passed'],
  },
  {
    name: 'hangs with daemons in sessions of their own',
    code: `def attack():
    if os.fork() == 0:
        os.setsid()
        os.closerange(0, 256)
    while True:
        tried(time.sleep, 600)`,
    outcome: ['timeout'],
    limits: { wallTimeMs: 1_000 },
  },
  {
    name: 'kills everything it may',
    code: 'def attack():\n    os.kill(-1, 9)',
    outcome: ['runtime-error'],
  },
  {
    name: 'kills the runner, which nothing inside can',
    code: 'def attack():\n    os.kill(os.getppid(), 9)\n    time.sleep(600)',
    outcome: ['timeout'],
    limits: { wallTimeMs: 1_000 },
  },
  {
    name: 'stops the runner and the first process',
    code: `import signal
def attack():
    tried(os.kill, os.getppid(), signal.SIGSTOP)
    tried(os.kill, 1, signal.SIGSTOP)
    time.sleep(600)`,
    outcome: ['timeout'],
    limits: { wallTimeMs: 1_000 },
  },
  {
    name: 'traces the runner',
    code: `import ctypes
def attack():
    libc = ctypes.CDLL(None)
    libc.ptrace(16, os.getppid(), 0, 0)
    time.sleep(600)`,
    outcome: ['timeout'],
    limits: { wallTimeMs: 1_000 },
  },
  {
    name: 'burns CPU time in many processes',
    code: `def attack():
    for _ in range(20):
        if os.fork() == 0:
            while True: pass
    while True: pass`,
    outcome: ['timeout'],
    limits: { wallTimeMs: 1_000 },
  },
];

describe.skipIf(problem !== null)(titled('attacks on the host'), () => {
  let bench: AttackBench;
  let server: Server;
  let connections = 0;
  let port = 0;

  beforeAll(async () => {
    bench = await openAttackBench('host');
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
    await bench.close();
  });

  for (const { name, code, after = 'attack()', outcome, limits } of attacks) {
    it(`${name}: ${outcome.join(' or ')}, and nothing is left`, async () => {
      const execution = await bench.run(PRELUDE + code, after, limits);
      expect(outcome, JSON.stringify(execution.feedback)).toContain(execution.outcome);
      expect(await bench.survivors()).toEqual([]);
      expect(existsSync(LOOT)).toBe(false);
      const next = await bench.run('def attack():\n    return 1', 'assert attack() == 1');
      expect(next.outcome).toBe('passed');
    });
  }

  it('reaches neither the loopback of the host nor anything outside', async () => {
    const code = `${PRELUDE}
import socket
def attack():
    targets = [("127.0.0.1", ${port}), ("::1", ${port}), ("192.0.2.1", 80), ("8.8.8.8", 53), ("169.254.169.254", 80)]
    return [tried(socket.create_connection, target, 2) for target in targets] + [tried(socket.getaddrinfo, "example.com", 80)]`;
    const execution = await bench.run(code, 'r = attack(); assert all(type(x) is str for x in r), r');
    expect(execution.outcome, JSON.stringify(execution.feedback)).toBe('passed');
    expect(connections).toBe(0);
  });

  it('shares no memory limit among children: their sum counts', async ({ skip }) => {
    const isLimited = bench.sandbox.protections.some(
      ({ name, active }) => name === 'memory of all processes together' && active,
    );
    skip(!isLimited, 'no writable memory cgroup');
    const code = `${PRELUDE}
def attack():
    children = []
    for _ in range(6):
        child = os.fork()
        if child == 0:
            kept = bytearray(b"x") * (100 << 20)
            time.sleep(1)
            os._exit(0)
        children.append(child)
    return [os.waitpid(child, 0)[1] for child in children]`;
    const execution = await bench.run(code, 'assert 9 in attack()', { memoryBytes: 300 * 1024 ** 2 });
    expect(execution.outcome, JSON.stringify(execution.feedback)).toBe('passed');
    expect(await bench.survivors()).toEqual([]);
  });

  it('cannot use /proc where a command is given one', async () => {
    const script = `
import os
def tried(path, mode):
    try:
        return open(path, mode).read(20)
    except OSError as error:
        return error.errno
for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/ns_last_pid", "/proc/1/mem", "/proc/self/mem", "/proc/1/oom_score_adj", "/proc/sysrq-trigger"):
    print(path, tried(path, "r+"))
print(repr(open("/proc/1/environ").read()))
print(sorted(int(name) for name in os.listdir("/proc") if name.isdigit()))
print(open("/proc/self/cmdline").read().split("\\0")[-2])`;
    const python = await findPython(bench.sandbox);
    const result = await bench.sandbox.run({
      argv: [python.executable, '-S', '-c', script],
      readOnlyBinds: python.readOnlyBinds,
      proc: true,
      limits: resolveLimits(),
      signal: new AbortController().signal,
    });
    const lines = result.stdout.toString().trim().split('\n');
    expect(lines).toHaveLength(9);
    // EROFS, EACCES, ENOENT
    for (const line of lines.slice(0, 6)) expect(line).toMatch(/ (30|13|2)$/);
    // The shell that waits for the cgroup adds its PWD; nothing else may be there.
    expect(lines[6]).toMatch(/^'(PWD=\/\\x00)?'$/);
    expect(lines[7]).toBe('[1, 2]');
    // Without the mark in its arguments no survivor would ever be found.
    expect(lines[8]).toContain('codejury-attack-host');
  });

  it('ends a command that prints without end', async () => {
    const limits = resolveLimits({ outputBytes: 1000 });
    for (const script of ['while :; do echo y; done', 'while :; do echo y >&2; done']) {
      const result = await bench.sandbox.run({
        argv: ['/bin/sh', '-c', script],
        limits,
        signal: new AbortController().signal,
      });
      expect(result.endedBy).toBe('output');
      expect(result.stdout.length + result.stderr.length).toBe(1000);
    }
    expect(await bench.survivors()).toEqual([]);
  });

  it('ends at once when the signal fires', async () => {
    const stop = new AbortController();
    const running = bench.sandbox.run({
      argv: ['/bin/sh', '-c', 'trap "" TERM INT HUP; while :; do :; done'],
      limits: resolveLimits(),
      signal: stop.signal,
    });
    stop.abort();
    expect((await running).endedBy).toBe('aborted');
    expect(await bench.survivors()).toEqual([]);
  });
});
