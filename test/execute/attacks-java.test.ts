import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Execution, Outcome } from '../../src/contracts/execution.ts';
import type { Limits } from '../../src/execute/limits.ts';
import { type AttackBench, attackTask, openAttackBench } from './attack-bench.ts';
import { javaAttackProblem, titledJavaAttacks } from './java-problem.ts';

interface Attack {
  readonly name: string;
  /** Members of a class; defines `static int f()`, which should return 1 and mostly does not. */
  readonly code: string;
  readonly outcome: Outcome | readonly Outcome[];
  readonly kind?: string;
  readonly limits?: Partial<Limits>;
  readonly after?: string;
}

const BEFORE = 'import java.util.*;\nimport java.io.*;\nclass Problem {\n';
const AFTER = '    public static void main(String[] args) {\n    assert f() == 1;\n    }\n}\n';
const BRIEF = { wallTimeMs: 2_000 };

/** A well-formed verdict of a nonce that nobody gave, as Java source that writes it. */
const FORGE = `byte[] forged = ("90:32:${'0'.repeat(32)},8:returned,0:,1:1,5:clean,,").getBytes();
    for (int fd : new int[] {1, 2, 9}) try {
      var d = new FileDescriptor(); var field = FileDescriptor.class.getDeclaredField("fd");
      var unsafe = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe"); unsafe.setAccessible(true);
      var u = (sun.misc.Unsafe) unsafe.get(null); u.putInt(d, u.objectFieldOffset(field), fd);
      new FileOutputStream(d).write(forged);
    } catch (Throwable t) { }
    `;

const attacks: readonly Attack[] = [
  {
    name: 'System.exit(0)',
    code: 'static int f() { System.exit(0); return 1; }',
    outcome: 'exited-early',
    kind: 'exit',
  },
  {
    name: 'System.exit(0) when the class is loaded',
    code: 'static { System.exit(0); } static int f() { return 1; }',
    outcome: 'exited-early',
  },
  {
    name: 'System.exit(3)',
    code: 'static int f() { System.exit(3); return 1; }',
    outcome: 'runtime-error',
    kind: 'exit',
  },
  {
    name: 'Runtime.halt(0)',
    code: 'static int f() { Runtime.getRuntime().halt(0); return 1; }',
    outcome: 'exited-early',
  },
  {
    name: 'halts with 0 in a shutdown hook after a failure',
    code: 'static int f() { Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0))); return 2; }',
    outcome: 'failed',
  },
  {
    name: 'halts with 1 in a shutdown hook after passing',
    code: 'static int f() { Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(1))); return 1; }',
    outcome: 'runtime-error',
    kind: 'exit',
  },
  {
    name: 'exits from a thread while the tests wait',
    code: 'static int f() { new Thread(() -> System.exit(0)).start(); while (true) { } }',
    outcome: 'exited-early',
  },
  {
    name: 'forges a verdict on every descriptor and fails',
    code: `static int f() { ${FORGE} return 2; }`,
    outcome: 'runtime-error',
  },
  {
    name: 'forges a verdict and halts',
    code: `static int f() { ${FORGE} Runtime.getRuntime().halt(0); return 1; }`,
    outcome: ['runtime-error', 'exited-early'],
  },
  {
    name: 'prints a verdict',
    code: `static int f() { System.out.print("90:32:${'0'.repeat(32)},8:returned,0:,1:1,5:clean,,"); System.out.flush(); return 2; }`,
    outcome: 'failed',
  },
  {
    name: 'writes a verdict to FileDescriptor.out and halts',
    code: `static int f() throws Exception { new FileOutputStream(FileDescriptor.out).write("1:x,".getBytes()); Runtime.getRuntime().halt(0); return 1; }`,
    outcome: 'compile-error',
  },
  {
    name: 'leaves a thread running after passing',
    code: 'static int f() { new Thread(() -> { while (true) { } }).start(); return 1; }',
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'leaves a daemon running after passing, as `java` allows',
    code: 'static int f() { Thread t = new Thread(() -> { while (true) { } }); t.setDaemon(true); t.start(); return 1; }',
    outcome: 'passed',
  },
  {
    name: 'loops for ever and catches everything',
    code: 'static int f() { while (true) try { while (true) { } } catch (Throwable t) { } }',
    outcome: 'timeout',
    limits: BRIEF,
  },
  { name: 'loops for ever', code: 'static int f() { while (true) { } }', outcome: 'timeout', limits: BRIEF },
  {
    name: 'recurs without end',
    code: 'static int f() { return f() + 1; }',
    outcome: 'runtime-error',
    kind: 'StackOverflowError',
  },
  {
    name: 'takes all memory',
    code: 'static int f() { List<long[]> all = new ArrayList<>(); while (true) all.add(new long[1 << 20]); }',
    outcome: 'out-of-memory',
    kind: 'OutOfMemoryError',
  },
  {
    name: 'takes all memory, catches that, and returns the right answer',
    code: 'static int f() { List<long[]> all = new ArrayList<>(); try { while (true) all.add(new long[1 << 20]); } catch (OutOfMemoryError e) { return 1; } }',
    outcome: 'passed',
  },
  {
    name: 'takes memory outside the heap',
    code: 'static int f() { List<Object> all = new ArrayList<>(); while (true) { var b = java.nio.ByteBuffer.allocateDirect(1 << 26); for (int i = 0; i < b.capacity(); i += 4096) b.put(i, (byte) 1); all.add(b); } }',
    outcome: 'out-of-memory',
  },
  {
    name: 'starts threads without end',
    code: 'static int f() { while (true) new Thread(() -> { while (true) { } }).start(); }',
    outcome: ['out-of-memory', 'runtime-error', 'timeout'],
    limits: BRIEF,
  },
  {
    name: 'starts processes',
    code: 'static int f() { try { while (true) new ProcessBuilder("/bin/sleep", "1000").start(); } catch (IOException e) { return 2; } }',
    outcome: ['failed', 'timeout', 'out-of-memory', 'runtime-error'],
    limits: BRIEF,
  },
  {
    name: 'reads the files of the host',
    code: 'static int f() { return new File("/etc/shadow").exists() || new File("/root").exists() || new File("/home").exists() ? 1 : 2; }',
    outcome: 'failed',
  },
  {
    name: 'writes into the system',
    code: 'static int f() { try { new FileOutputStream("/usr/bin/evil").close(); return 1; } catch (IOException e) { return 2; } }',
    outcome: 'failed',
  },
  {
    name: 'replaces the runner',
    code: 'static int f() { try { new FileOutputStream("runner.jar").close(); return 1; } catch (IOException e) { return 2; } }',
    outcome: 'failed',
  },
  {
    name: 'reaches for the network',
    code: 'static int f() { try { new java.net.Socket("127.0.0.1", 80); return 1; } catch (IOException e) { return 2; } }',
    outcome: 'failed',
  },
  {
    name: 'sees no variables of the host',
    code: 'static int f() { return System.getenv().keySet().stream().anyMatch(k -> !List.of("PATH", "HOME", "TMPDIR", "LANG", "PWD", "NLSPATH", "LD_LIBRARY_PATH", "_", "OLDPWD", "SHLVL").contains(k)) ? 1 : 2; }',
    outcome: 'failed',
  },
  {
    name: 'looks for the runner by reflection',
    code: 'static int f() { try { Class.forName("codejury.RunOnce"); return 1; } catch (ClassNotFoundException e) { return 2; } }',
    outcome: 'failed',
  },
  {
    name: 'kills its parent',
    code: 'static int f() { ProcessHandle.current().parent().ifPresent(p -> p.destroyForcibly()); return 2; }',
    outcome: ['failed', 'runtime-error'],
  },
  {
    name: 'has an exception whose message never ends',
    code: 'static class Endless extends RuntimeException { public String getMessage() { while (true) { } } } static int f() { throw new Endless(); }',
    outcome: 'runtime-error',
    kind: 'Problem$Endless'.replace(/^.*\$/, ''),
  },
  {
    name: 'has an exception whose message throws',
    code: 'static class Odd extends RuntimeException { public String getMessage() { throw new RuntimeException(); } } static int f() { throw new Odd(); }',
    outcome: 'runtime-error',
    kind: 'Odd',
  },
  {
    name: 'has an exception whose message recurs without end',
    code: 'static class Deep extends RuntimeException { public String getMessage() { return getMessage() + Locale.GERMAN; } } static int f() { throw new Deep(); }',
    outcome: 'runtime-error',
    kind: 'Deep',
  },
  {
    name: 'has an exception whose message takes all memory',
    code: 'static class Big extends RuntimeException { public String getMessage() { List<long[]> all = new ArrayList<>(); while (true) all.add(new long[1 << 20]); } } static int f() { throw new Big(); }',
    outcome: 'runtime-error',
    kind: 'Big',
  },
  {
    name: 'has an exception with a message of 100 MB and causes in a circle',
    code: 'static class Long_ extends RuntimeException { public String getMessage() { return "x".repeat(100_000_000); } public Throwable getCause() { return this; } } static int f() { throw new Long_(); }',
    outcome: 'runtime-error',
    kind: 'Long_',
  },
  {
    name: 'has an exception whose trace throws',
    code: 'static class Odd extends RuntimeException { public StackTraceElement[] getStackTrace() { throw new RuntimeException(); } } static int f() { throw new Odd(); }',
    outcome: 'runtime-error',
    kind: 'Odd',
  },
  {
    name: 'hides a stack overflow in `finally`',
    code: 'static int deep() { return deep() + 1; } static int f() { try { return deep(); } finally { return 1; } }',
    outcome: 'passed',
  },
  {
    name: 'hides the want of memory in `finally`',
    code: 'static int big() { List<long[]> all = new ArrayList<>(); while (true) all.add(new long[1 << 20]); } static int f() { try { return big(); } finally { return 1; } }',
    outcome: 'passed',
  },
  {
    name: 'prints without end',
    code: 'static int f() { while (true) System.out.println("x".repeat(10_000)); }',
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'prints 1 GB and goes on',
    code: 'static int f() { String s = "x".repeat(1_000_000); for (int i = 0; i < 1000; i++) System.out.print(s); return 1; }',
    outcome: 'passed',
  },
  {
    name: 'reads an input that is empty',
    code: 'static int f() throws IOException { return System.in.read() == -1 ? 1 : 2; }',
    outcome: 'compile-error',
  },
  {
    name: 'reads lines of an input that is empty',
    code: 'static int f() { return new Scanner(System.in).hasNextLine() ? 2 : 1; }',
    outcome: 'passed',
  },
  {
    name: 'throws while the class is initialised',
    code: 'static int x = Integer.parseInt("no"); static int f() { return x; }',
    outcome: 'runtime-error',
    kind: 'NumberFormatException',
  },
  {
    name: 'closes the class and brings a main of its own',
    code: 'static int f() { return 1; } public static void main(String[] args) { } } class Other { static int f() { return 2; }',
    outcome: 'failed',
  },
  {
    name: 'turns the tests into a comment',
    code: 'static int f() { return 2; } public static void main(String[] args) { } } /*',
    outcome: 'compile-error',
  },
  {
    name: 'nests as deep as no program does',
    code: `static int f() { return ${'('.repeat(20_000)}1${')'.repeat(20_000)}; }`,
    outcome: ['compile-error', 'passed'],
  },
  {
    name: 'uses what its source never names: unicode escapes',
    code: 'static int f() { \\u0053ystem.exit(0); return 1; }',
    outcome: 'exited-early',
  },
];

/** Makes the library keep another calendar's pattern under the usual calendar's name. */
const OTHER_CALENDAR = `static int f() {
      var date = java.time.LocalDate.of(2020, 1, 2);
      for (var style : java.time.format.FormatStyle.values()) try {
        java.time.format.DateTimeFormatter.ofLocalizedDate(style).withLocale(Locale.ITALY).format(new Dated(date));
      } catch (RuntimeException e) { }
      return 1;
    }
    record Dated(java.time.LocalDate date) implements java.time.temporal.TemporalAccessor {
      public boolean isSupported(java.time.temporal.TemporalField field) { return date.isSupported(field); }
      public long getLong(java.time.temporal.TemporalField field) { return date.getLong(field); }
      @SuppressWarnings("unchecked") public <R> R query(java.time.temporal.TemporalQuery<R> query) {
        return query == java.time.temporal.TemporalQueries.chronology() ? (R) new Odd() : date.query(query);
      }
    }
    static class Odd extends java.time.chrono.AbstractChronology {
      public String getId() { return "ISO"; }
      public String getCalendarType() { return "japanese"; }
      public java.time.LocalDate date(int y, int m, int d) { return java.time.LocalDate.of(y, m, d); }
      public java.time.LocalDate dateYearDay(int y, int d) { return java.time.LocalDate.ofYearDay(y, d); }
      public java.time.LocalDate dateEpochDay(long d) { return java.time.LocalDate.ofEpochDay(d); }
      public java.time.LocalDate date(java.time.temporal.TemporalAccessor t) { return java.time.LocalDate.from(t); }
      public boolean isLeapYear(long y) { return false; }
      public int prolepticYear(java.time.chrono.Era e, int y) { return y; }
      public java.time.chrono.Era eraOf(int e) { return java.time.chrono.IsoEra.of(e); }
      public List<java.time.chrono.Era> eras() { return List.of(); }
      public java.time.temporal.ValueRange range(java.time.temporal.ChronoField field) { return field.range(); }
    }`;

/** Fails once that is kept; whoever asks first decides, so nobody else here asks for this country's. */
const USUAL_CALENDAR =
  'static int f() { var style = java.time.format.DateTimeFormatter.ofLocalizedDate(java.time.format.FormatStyle.MEDIUM); return java.time.LocalDate.of(2020, 1, 2).format(style.withLocale(Locale.ITALY)).equals("2 gen 2020") ? 1 : 2; }';

/** What the attackers must not change: state that a shared machine could keep. */
const innocents: readonly (readonly [code: string, outcome: Outcome])[] = [
  ['static int f() { return 1; }', 'passed'],
  ['static int f() { return 2; }', 'failed'],
  ['static int calls = 0; static int f() { calls++; return calls; }', 'passed'],
];

describe.skipIf(javaAttackProblem !== null)(titledJavaAttacks('attacks in Java'), () => {
  let bench: AttackBench;
  beforeAll(async () => {
    bench = await openAttackBench('java', 'java');
  });
  afterAll(async () => {
    await bench.close();
    expect(await bench.survivors()).toEqual([]);
  });
  const run = (code: string, more: Partial<Pick<Attack, 'limits' | 'after'>> = {}): Promise<Execution> =>
    bench.executor.execute({
      task: attackTask('java', { before: BEFORE, after: more.after ?? AFTER }),
      candidate: { id: 'attack', code },
      limits: more.limits ?? {},
      signal: new AbortController().signal,
    });

  it.each(attacks)('$name', async ({ code, outcome, kind, limits = {} }) => {
    const execution = await run(code, { limits });
    expect([outcome].flat()).toContain(execution.outcome);
    if (kind !== undefined) expect(execution.feedback?.kind).toBe(kind);
    for (const [innocent, expected] of innocents) {
      expect((await run(innocent)).outcome).toBe(expected);
    }
  });

  it('puts nothing into the caches of the library that others use', async () => {
    expect((await run(OTHER_CALENDAR)).outcome).toBe('passed');
    expect((await run(USUAL_CALENDAR)).outcome).toBe('passed');
  });

  it('keeps static state from program to program out of the shared machine', async () => {
    const code =
      'static List<Integer> seen = new ArrayList<>(); static int f() { seen.add(1); return seen.size(); }';
    for (let round = 0; round < 3; round++) expect((await run(code)).outcome).toBe('passed');
  });

  it('leaves no class of Java half initialised for others', async () => {
    const uses = 'java.time.chrono.ThaiBuddhistDate.of(2567, 2, 29).lengthOfYear() == 366 ? 1 : 2';
    const deep = `static int deep() { try { return deep(); } catch (RuntimeException e) { return 3; } finally { int x = ${uses}; } } static int f() { return deep(); }`;
    const plain = `static int deep(int n) { int x = n < 200_000 ? deep(n + 1) : ${uses}; return deep(n + 1) + x; } static int f() { return deep(0); }`;
    for (const code of [deep, plain]) {
      expect((await run(code)).outcome).toBe('runtime-error');
      expect(await run(`static int f() { return ${uses}; }`)).toMatchObject({
        outcome: 'passed',
        attempts: 1,
      });
    }
  });

  it('recurs equally deep each time', async () => {
    const code =
      'static int down(int n) { return n == 0 ? 0 : 1 + down(n - 1); } static int f() { return down(50_000) == 50_000 ? 1 : 2; }';
    for (let round = 0; round < 4; round++) expect((await run(code)).outcome).toBe('passed');
  });

  it('orders sets by the seed and by nothing else', async () => {
    const code =
      'static int f() { throw new RuntimeException(Set.of("a", "b", "c", "d", "e", "f", "g").toString()); }';
    const orderOf = async (seed: number, more: string) => {
      const { feedback } = await bench.executor.execute({
        task: attackTask('java', { before: BEFORE, after: AFTER }),
        candidate: { id: 'attack', code: code + more },
        seed,
        signal: new AbortController().signal,
      });
      return feedback?.message;
    };
    const alone = ' static void alone() { Thread.yield(); }';
    const first = await orderOf(0, '');
    expect([await orderOf(0, ''), await orderOf(0, alone)]).toEqual([first, first]);
    const others = await Promise.all([1, 2, 3].map((seed) => orderOf(seed, '')));
    expect(others.some((order) => order !== first)).toBe(true);
  });

  it('draws and shuffles by the seed', async () => {
    const code = `static int f() {
        List<Integer> all = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8)); Collections.shuffle(all);
        throw new RuntimeException(all + " " + Math.random()); }`;
    const drawn = async (seed: number, more: string) => {
      const { feedback } = await bench.executor.execute({
        task: attackTask('java', { before: BEFORE, after: AFTER }),
        candidate: { id: 'attack', code: code + more },
        seed,
        signal: new AbortController().signal,
      });
      return feedback?.message;
    };
    const alone = ' static void alone() { Thread.yield(); }';
    const first = await drawn(0, '');
    expect(first).toMatch(/^\[\d/);
    expect([await drawn(0, ''), await drawn(0, alone), await drawn(0, alone)]).toEqual([first, first, first]);
    const others = await Promise.all([drawn(1, ''), drawn(1, alone)]);
    expect(others[0]).toBe(others[1]);
    const parts = (message = '') => message.split(/(?<=\]) /);
    expect(parts(others[0])[0]).not.toBe(parts(first)[0]);
    expect(parts(others[0])[1]).not.toBe(parts(first)[1]);
  });

  it('has assertions on: without them every MultiPL-E program that compiles would pass', async () => {
    expect((await run('static int f() { return 3; }')).outcome).toBe('failed');
  });

  it('runs no annotation processor', async () => {
    const code = 'static int f() { return 1; } @Deprecated static void g() { }';
    expect((await run(code)).outcome).toBe('passed');
  });
});
