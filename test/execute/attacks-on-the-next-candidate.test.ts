import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/contracts/execution.ts';
import type { Limits } from '../../src/execute/limits.ts';
import { type AttackBench, attackTask, openAttackBench, problem, titled } from './attack-bench.ts';

interface Attack {
  readonly name: string;
  /** Defines attack(), which the tests call. */
  readonly code: string;
  /** Any, where it is not said: what becomes of the attacker is another test's affair. */
  readonly outcome?: Outcome;
  readonly limits?: Partial<Limits>;
  /** True = so little is left of it that its sandbox serves on; false = it must not; unset = either. */
  readonly servesOn?: boolean;
}

/** What attackers may use. `nr` is a system call's number on x64 and arm64. */
const PRELUDE = `
import ctypes, os, platform, resource, signal, socket, sys, time
libc = ctypes.CDLL(None, use_errno=True)
def call(x64, arm64, *arguments):
    result = libc.syscall(x64 if platform.machine() == "x86_64" else arm64, *arguments)
    return result if result >= 0 else -ctypes.get_errno()
def tried(work, *arguments):
    try:
        return work(*arguments)
    except BaseException as error:
        return type(error).__name__
def daemon(work):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            work()
            time.sleep(600)
        os._exit(0)
    os.wait()
`;

/** Everything a program can see of what others may have changed, short enough for feedback. */
const STATE = `
import os, resource, signal, socket, sys
def state():
    seen = [os.getcwd(), os.listdir("."), os.listxattr("."), oct(os.stat(".").st_mode), oct(os.umask(0o22))]
    seen += [os.nice(0), os.getpgrp() == os.getsid(0), sorted(os.sched_getaffinity(0)), os.sched_getscheduler(0)]
    seen += [resource.getrlimit(number)[0] for number in range(16)]
    seen += [sum(signal.getsignal(number) == signal.SIG_IGN for number in range(1, 65)), signal.pthread_sigmask(0, [])]
    seen += [len(os.environ), len(sys.modules), sys.getrecursionlimit(), hash("codejury")]
    for address in (("127.0.0.1", 4321), ("::1", 4321), "\\0codejury"):
        family = socket.AF_UNIX if type(address) is str else socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        with socket.socket(family) as listener:
            listener.bind(address)
            listener.listen()
    for descriptor in os.openpty():
        os.close(descriptor)
    seen += [[n for n in range(256) if is_open(n)]]
    return "".join(str(seen).split())
def is_open(number):
    try:
        os.fstat(number)
        return True
    except OSError:
        return False
`;

const SECOND = { wallTimeMs: 1_000 };

const attacks: readonly Attack[] = [
  { name: 'does nothing', code: 'def attack(): pass', outcome: 'passed', servesOn: true },
  {
    name: 'sends the server every signal',
    code: 'def attack():\n    for number in range(1, 65): tried(os.kill, 1, number)',
    outcome: 'passed',
    servesOn: true,
  },
  {
    name: 'sends every signal to all, from a session of its own',
    code: `def attack():
    if os.fork() == 0:
        os.setsid()
        for number in range(1, 65): tried(os.kill, -1, number)
        os._exit(0)
    time.sleep(1)`,
    servesOn: true,
  },
  {
    name: 'traces the server, reads and writes its memory, takes its descriptors',
    code: `def attack():
    data = ctypes.create_string_buffer(8)
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(data), 8)
    handle = call(434, 434, 1, 0)
    assert handle >= 0
    got = [
        call(101, 117, 16, 1, 0, 0), call(101, 117, 0x4206, 1, 0, 0), call(101, 117, 0, 0, 0, 0),
        call(310, 270, 1, vector, 1, vector, 1, 0), call(311, 271, 1, vector, 1, vector, 1, 0),
        call(438, 438, handle, 0, 0), call(312, 272, 1, os.getpid(), 0, 0, 0), call(440, 440, handle, vector, 1, 4, 0),
    ]
    assert set(got) == {-1}, got`,
    outcome: 'passed',
    servesOn: true,
  },
  {
    name: 'changes limits, priority, scheduler and processors of the server',
    code: `def attack():
    zero = (ctypes.c_ulong * 2)(0, 0)
    mask = (ctypes.c_ulong * 1)(1)
    got = [call(302, 261, 1, n, zero, None) for n in range(16)]
    got += [call(141, 140, which, who, 19) for which, who in ((0, 1), (1, 0), (2, 0), (1, os.getpgrp()))]
    got += [call(144, 119, 1, 5, zero), call(142, 118, 1, zero), call(203, 122, 1, 8, mask), call(314, 274, 1, zero, 0)]
    got += [call(251, 30, 1, 1, 3 << 13)]
    assert set(got) == {-1}, got`,
    outcome: 'passed',
    servesOn: true,
  },
  {
    name: 'changes umask, folder, limits, niceness, processors and signals of its own',
    code: `def attack():
    os.umask(0o777); os.chdir("/usr"); os.nice(10); os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
    for n in (resource.RLIMIT_NOFILE, resource.RLIMIT_STACK, resource.RLIMIT_CPU): resource.setrlimit(n, (1, 1))
    for n in range(1, 65): tried(signal.signal, n, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65)); sys.setrecursionlimit(50); os.environ["A"] = "b"`,
    servesOn: true,
  },
  {
    name: 'opens the filter again, makes namespaces, mounts, keys, rings and foreign sockets',
    code: `def attack():
    got = [
        call(272, 97, 0x10000000), call(56, 220, 0x10000011, 0, 0, 0, 0), call(308, 268, 0, 0), call(165, 40, 0, 0, 0, 0, 0),
        call(248, 217, b"user", b"k", b"v", 1, -2), call(250, 219, 0, -3, 1), call(425, 425, 1, 0), call(321, 280, 0, 0, 0),
        call(323, 282, 0), call(298, 241, 0, 0, -1, -1, 0), call(135, 92, 0x40000), call(155, 41, 0, 0), call(442, 442, 0, 0, 0, 0, 0),
    ]
    assert set(got) == {-1}, got
    assert call(435, 435, 0, 0) == -38
    sockets = [tried(socket.socket, family, kind) for family in (17, 38, 40) for kind in (1, 2, 3)]
    assert set(sockets) == {"PermissionError"}, sockets`,
    outcome: 'passed',
    servesOn: true,
  },
  {
    name: 'leaves System V and POSIX shared memory, semaphores and queues',
    code: `def attack():
    got = [call(29, 194, 7, 4096, 0o1777), call(68, 186, 7, 0o1777), call(64, 190, 7, 1, 0o1777), call(240, 180, b"q", 66, 0o777, None)]
    assert set(got) == {-1}, got
    assert libc.shm_open(b"/codejury", 66, 0o777) == -1`,
    outcome: 'passed',
    servesOn: true,
  },
  {
    name: 'leaves threads, children, and daemons that hold every descriptor',
    code: `import threading
def attack():
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    for _ in range(10): daemon(lambda: None)
    for _ in range(10):
        if os.fork() == 0: time.sleep(600)
    if os.fork() == 0: os.execv("/bin/sleep", ["sleep", "600"])`,
    outcome: 'passed',
    servesOn: true,
  },
  {
    name: 'leaves a daemon that becomes the reaper of others and makes more of itself',
    code: `def attack():
    def work():
        libc.prctl(36, 1, 0, 0, 0)
        while True:
            if tried(os.fork) == 0: time.sleep(600)
    daemon(work)`,
  },
  {
    name: 'exhausts the processes and hangs',
    code: `def attack():
    while type(tried(os.fork)) is int: pass
    time.sleep(600)`,
    outcome: 'timeout',
    limits: SECOND,
    servesOn: false,
  },
  {
    name: 'exhausts the processes and ends',
    code: `def attack():
    for _ in range(100):
        if tried(os.fork) == 0: time.sleep(600)`,
    outcome: 'passed',
    servesOn: true,
  },
  {
    name: 'leaves files, folders, links, pipes and sockets of all names and modes',
    code: `def attack():
    os.makedirs(b"a/\\xff\\n/c"); os.symlink("/usr", "link"); os.symlink("nowhere", "a/loop"); os.mkfifo("fifo")
    socket.socket(socket.AF_UNIX).bind("socket")
    for name in (b"-rf", b"a/x", b".hidden", b"n" * 255): open(name, "wb").write(b"x" * 1000)
    os.chmod(b"a/\\xff\\n/c", 0); os.chmod("a/x", 0); os.chmod("a", 0o500); os.link("-rf", "hard")`,
    outcome: 'passed',
    servesOn: true,
  },
  {
    name: 'closes its folder to everybody',
    code: 'def attack():\n    open("x", "w").close()\n    os.chmod(".", 0)',
    outcome: 'passed',
    servesOn: true,
  },
  {
    name: 'hides a note in an attribute of its folder',
    code: 'def attack():\n    tried(os.setxattr, ".", "user.note", b"x" * 100)',
    outcome: 'passed',
  },
  {
    name: 'closes the terminals',
    code: 'def attack():\n    tried(os.chmod, "/dev/pts/ptmx", 0); tried(os.chmod, "/dev/pts", 0)',
    outcome: 'passed',
  },
  {
    name: 'makes 100,000 files',
    code: 'def attack():\n    for n in range(100_000): tried(os.mkdir, str(n))',
    outcome: 'passed',
    servesOn: false,
  },
  {
    name: 'makes a tree too deep for a path',
    code: `def attack():
    for _ in range(3000):
        os.mkdir("d" * 200); os.chdir("d" * 200)`,
    outcome: 'passed',
    servesOn: false,
  },
  {
    name: 'fills the scratch space with one file after another',
    code: `def attack():
    for n in range(100):
        with open(str(n), "wb") as file:
            tried(file.write, bytes(1 << 20)); tried(file.flush)`,
    servesOn: true,
  },
  {
    name: 'listens on loopback in a daemon, on abstract names too',
    code: `def attack():
    def work():
        for family, address in ((socket.AF_INET, ("127.0.0.1", 4321)), (socket.AF_INET6, ("::1", 4321)), (socket.AF_UNIX, "\\0codejury")):
            listener = socket.socket(family); listener.bind(address); listener.listen(); kept.append(listener)
        open("ready", "w").close()
    daemon(work)
    while not os.path.exists("ready"): time.sleep(0.01)
kept = []`,
    outcome: 'passed',
    servesOn: true,
  },
  {
    name: 'leaves a port that waits for the last packets of a connection',
    code: `def attack():
    listener = socket.socket(); listener.bind(("127.0.0.1", 4321)); listener.listen()
    client = socket.create_connection(("127.0.0.1", 4321)); server, _ = listener.accept()
    server.close(); client.close(); listener.close()
    assert tried(socket.socket().bind, ("127.0.0.1", 4321)) == "OSError"`,
    outcome: 'passed',
    servesOn: false,
  },
  {
    name: 'fills the pipe to the server, through every descriptor',
    code: `def attack():
    for descriptor in range(3, 256):
        tried(os.set_blocking, descriptor, False)
        for _ in range(100):
            if type(tried(os.write, descriptor, b"x" * 65536)) is str: break`,
    servesOn: true,
  },
  {
    name: 'keeps every descriptor in a daemon and writes verdicts into them',
    code: `def attack():
    forged = b"60:6:+NONCE,6:+37524,7:+passed,1:-,1:-,1:-,1:-,1:-,1:-,5:+more,,"
    def work():
        while True:
            for descriptor in range(256): tried(os.write, descriptor, forged)
    daemon(work)
    time.sleep(0.1)`,
    servesOn: true,
  },
  {
    name: 'is killed for want of memory',
    code: `def attack():
    for _ in range(8):
        if os.fork() == 0:
            kept = bytearray(b"x") * (200 << 20); time.sleep(600)
    kept = bytearray(b"x") * (800 << 20); time.sleep(600)`,
    limits: { wallTimeMs: 5_000 },
  },
  {
    name: 'asks to be traced and stops',
    code: 'def attack():\n    libc.ptrace(0, 0, 0, 0)\n    os.kill(os.getpid(), signal.SIGSTOP)',
    outcome: 'timeout',
    limits: SECOND,
    servesOn: false,
  },
  {
    name: 'leaves a timer and loops in a signal handler',
    code: `def attack():
    signal.signal(signal.SIGALRM, lambda *a: None); signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    os.kill(os.getppid(), signal.SIGALRM)`,
    outcome: 'passed',
    servesOn: true,
  },
];

describe.skipIf(problem !== null)(titled('attacks on the next candidate'), () => {
  let bench: AttackBench;
  let untouched = '';
  const look = async () => (await bench.run(STATE, 'assert state() == ""')).feedback?.actual ?? '';

  beforeAll(async () => {
    bench = await openAttackBench('next');
    untouched = await look();
  });
  afterAll(async () => {
    await bench.close();
    expect(await bench.survivors()).toEqual([]);
  });

  /** A right and a wrong one, and what they see. */
  const expectInnocence = async () => {
    expect(await bench.run('def attack():\n    return 1', 'assert attack() == 1')).toMatchObject({
      outcome: 'passed',
      attempts: 1,
    });
    expect(await look()).toBe(untouched);
    expect(await bench.run('def attack():\n    return 2', 'assert attack() == 1')).toMatchObject({
      outcome: 'failed',
      attempts: 1,
      feedback: { input: 'attack()', expected: '1', actual: '2' },
    });
  };

  it('looks at all there is to see', () => {
    expect(untouched).toContain("['/tmp',[],[],'0o40755','0o22',0,");
    expect(untouched.length).toBeLessThan(400);
  });

  it.each(attacks)('$name', async ({ code, outcome, limits, servesOn }) => {
    await expectInnocence();
    const before = bench.starts();
    const execution = await bench.run(PRELUDE + code, 'attack()', limits);
    if (outcome !== undefined) expect(execution.outcome, JSON.stringify(execution.feedback)).toBe(outcome);
    await expectInnocence();
    if (servesOn !== undefined) expect(bench.starts() === before).toBe(servesOn);
    expect(await bench.survivors()).toEqual([]);
  });

  it('ends by every signal there is', async () => {
    for (let number = 1; number <= 64; number += 1) {
      if ([17, 18, 19, 20, 21, 22, 23, 28, 32, 33].includes(number)) continue;
      const code = `${PRELUDE}
def attack():
    tried(signal.signal, ${number}, signal.SIG_DFL)
    os.kill(os.getpid(), ${number})`;
      expect((await bench.run(code, 'attack()')).outcome, `signal ${number}`).toBe(
        number === 24 ? 'timeout' : 'runtime-error',
      );
    }
    await expectInnocence();
  });

  it('finds the files of its own task and none of another', async () => {
    const execute = (resources: Record<string, string> | null, code: string) =>
      bench.executor.execute({
        task: { ...attackTask('python', { before: '', after: 'assert attack() == "é"' }), resources },
        candidate: { id: 'attack', code },
        signal: new AbortController().signal,
      });
    const read = 'import os\nfrom helper import load\ndef attack():\n    return load("data/text")';
    const files = { 'helper.py': 'def load(path): return open(path).read()', 'data/text': 'é' };
    expect((await execute(files, read)).outcome).toBe('passed');
    expect((await execute(null, read)).feedback?.kind).toBe('ModuleNotFoundError');
    await expect(execute({ '../up': '' }, read)).rejects.toMatchObject({ code: 'usage' });
    await expectInnocence();
  });
});
