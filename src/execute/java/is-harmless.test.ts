import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CompiledClass,
  compileJava,
  javaProblem,
  titledJava,
} from '../../../test/support/compile-java.ts';
import { isHarmless } from './is-harmless.ts';

/** Members of a class `P`. */
type Programs = Readonly<Record<string, string>>;

const harmless: Programs = {
  arithmetic: 'static int f(int x) { return Math.floorMod(x * 3, 7) + Integer.bitCount(x); }',
  strings:
    'static String f(String s, int n) { return s.repeat(n).toUpperCase() + n + String.format("%05d", n) + String.join(",", s.split(";")); }',
  collections:
    'static Map<String, List<Integer>> f(int[] a) { Map<String, List<Integer>> m = new TreeMap<>(); for (int x : a) m.computeIfAbsent("" + x, k -> new ArrayList<>()).add(x); Collections.sort(new LinkedList<>(m.keySet())); return m; }',
  streams:
    'static List<String> f(List<String> l) { return l.stream().filter(s -> !s.isEmpty()).map(String::trim).sorted(Comparator.comparing(String::length)).collect(Collectors.toList()); }',
  'an enum, its switch and its values':
    'enum Color { RED, GREEN } static int f(Color c) { switch (c) { case RED: return Color.values().length; default: return Color.valueOf("RED").ordinal(); } }',
  'a switch over strings':
    'static int f(String s) { return switch (s) { case "a", "b" -> 1; default -> 2; }; }',
  'a record and a text block':
    'record Point(int x, int y) {} static String f() { return new Point(1, 2) + """\n  x\n  """; }',
  'an interface with a default method':
    'interface Shape { double area(); default String name() { return getClass().getSimpleName() + area(); } } static String f() { return ((Shape) () -> 2).name(); }',
  'inner classes, generics and a cache':
    'static class Node<T extends Comparable<T>> { Node<T> next; T value; class Walk implements Iterator<T> { public boolean hasNext() { return next != null; } public T next() { return value; } } } Map<Long, Long> seen = new HashMap<>();',
  'exceptions of its own, thrown, caught and printed':
    'static class Odd extends RuntimeException { Odd(String s, Throwable cause) { super(s, cause); } } static void f() { try { throw new Odd("x", null); } catch (Odd | IllegalStateException e) { e.printStackTrace(); System.err.println(e.getCause() + e.getStackTrace()[0].getMethodName()); } }',
  'the plainest exception and error':
    'static void f(int x) throws Exception { if (x > 1) throw new Error("x"); throw new java.lang.Exception("test case 0 did not pass. x0 = " + x); }',
  assertions:
    'static void f(int x) { try { assert x == 1 : "one"; } catch (AssertionError e) { throw new IllegalArgumentException(e); } }',
  output: 'static void f() { System.out.println(1); System.out.printf("%s", "x"); System.err.print(\'c\'); }',
  'dates, and formats that nobody else sees':
    'static String f() { return LocalDate.of(2024, 2, 29).plusYears(1).format(DateTimeFormatter.ISO_DATE) + new java.text.DecimalFormat("#.00").format(1) + TimeZone.getTimeZone("UTC").getID() + Locale.ROOT; }',
  'big numbers':
    'static BigInteger f(int n) { return BigInteger.TWO.pow(n).add(new BigDecimal("1.5").toBigInteger()); }',
  'regular expressions':
    'static boolean f(String s) { Matcher m = Pattern.compile("a+").matcher(s); return m.find() && m.group(0) != null; }',
  'random numbers':
    'static int f() { Random r = new Random(1); return r.nextInt(3) + (int) (Math.random() * 2) + ThreadLocalRandom.current().nextInt(); }',
  'a scanner of a string': 'static int f(String s) { return new Scanner(s).nextInt(); }',
  'maps for threads, without any':
    'static int f() { ConcurrentHashMap<String, Integer> m = new ConcurrentHashMap<>(); m.merge("a", 1, Integer::sum); m.forEach((k, v) -> {}); return new AtomicInteger(m.size()).incrementAndGet(); }',
  'sums that look like the work of threads':
    'static long f() { return LongStream.of(1, 2).reduce(0L, Long::sum); }',
  'a formatter into a buffer':
    'static String f() { return new Formatter(new StringBuilder()).format("%d", 1).toString(); }',
  'a copy of an array': 'static int[][] f(int[][] a) { return a.clone(); }',
  'a class of a strange name':
    'static class constructor { static int __proto__() { return 1; } } static int f() { return constructor.__proto__(); }',
};

const harmful: Programs = {
  'a calendar of its own':
    'static class C extends java.time.chrono.AbstractChronology { public String getId() { return "ISO"; } public String getCalendarType() { return "japanese"; } public java.time.chrono.ChronoLocalDate date(int a, int b, int c) { return null; } public java.time.chrono.ChronoLocalDate dateYearDay(int a, int b) { return null; } public java.time.chrono.ChronoLocalDate dateEpochDay(long a) { return null; } public java.time.chrono.ChronoLocalDate date(java.time.temporal.TemporalAccessor a) { return null; } public boolean isLeapYear(long a) { return false; } public int prolepticYear(java.time.chrono.Era a, int b) { return b; } public java.time.chrono.Era eraOf(int a) { return null; } public List<java.time.chrono.Era> eras() { return null; } public java.time.temporal.ValueRange range(java.time.temporal.ChronoField f) { return null; } }',
  'a time zone of its own':
    'static class Z extends TimeZone { public int getOffset(int a, int b, int c, int d, int e, int f) { return 0; } public void setRawOffset(int a) {} public int getRawOffset() { return 0; } public boolean useDaylightTime() { return false; } public boolean inDaylightTime(Date d) { return false; } }',
  'System.exit': 'static void f() { System.exit(0); }',
  'System.exit by reference': 'static IntConsumer f() { return System::exit; }',
  'System.exit, written otherwise': 'static void f() { \\u0053ystem./* */exit(0); }',
  'Runtime.halt': 'static void f() { Runtime.getRuntime().halt(0); }',
  'System.setOut': 'static void f() { System.setOut(null); }',
  'properties of the machine': 'static void f() { System.setProperty("user.language", "xx"); }',
  'the input': 'static int f() throws java.io.IOException { return System.in.read(); }',
  'a scanner of the input': 'static int f() { return new Scanner(System.in).nextInt(); }',
  'a scanner of a file': 'static Scanner f() throws Exception { return new Scanner(new java.io.File("x")); }',
  threads: 'static void f() { new Thread(() -> {}).start(); }',
  'a thread of its own kind': 'static class T extends Thread {} static void f() { new T().start(); }',
  'its own thread': 'static void f() { Thread.currentThread().interrupt(); }',
  'a pool of threads': 'static Object f() { return Executors.newCachedThreadPool(); }',
  'the common pool': 'static void f() { CompletableFuture.runAsync(() -> {}); }',
  timers: 'static void f() { new Timer(); }',
  'parallel streams': 'static long f(List<String> l) { return l.parallelStream().count(); }',
  'parallel streams by reference':
    'static Function<List<String>, Object> f() { return List::parallelStream; }',
  'streams made parallel': 'static int f() { return IntStream.of(1).parallel().sum(); }',
  'streams made parallel when they are made':
    'static Object f(List<String> l) { return StreamSupport.stream(l.spliterator(), true); }',
  'parallel streams of a list of its own':
    'static class L extends ArrayList<String> { Object f() { return parallelStream(); } }',
  'parallel sorting': 'static void f(int[] a) { Arrays.parallelSort(a); }',
  'parallel work on a map':
    'static void f(ConcurrentHashMap<String, String> m) { m.forEach(1, (k, v) -> {}); }',
  'parallel work on a map of its own':
    'static class M extends ConcurrentHashMap<String, Long> { long f() { return reduceValuesToLong(1, x -> x, 0, Long::sum); } }',
  'the locale of all': 'static void f() { Locale.setDefault(Locale.ROOT); }',
  'the time zone of all': 'static void f() { TimeZone.setDefault(null); }',
  'the time zone of all, inherited':
    'static abstract class Z extends TimeZone { static void f() { setDefault(null); } }',
  'rules of time zones for all': 'static void f() { java.time.zone.ZoneRulesProvider.refresh(); }',
  reflection: 'static Object f() throws Exception { return String.class.getDeclaredField("value"); }',
  'a class by name': 'static Object f() throws Exception { return Class.forName("java.lang.Runtime"); }',
  'a class loader': 'static Object f() { return P.class.getClassLoader(); }',
  'a class loader of its own': 'static class L extends ClassLoader {}',
  'a resource of a class': 'static Object f() { return P.class.getResourceAsStream("/x"); }',
  proxies: 'static Object f() { return java.lang.reflect.Proxy.newProxyInstance(null, null, null); }',
  'method handles': 'static Object f() { return java.lang.invoke.MethodHandles.lookup(); }',
  'calls linked by hand':
    'static Object f() throws Exception { return java.lang.invoke.LambdaMetafactory.metafactory(null, "f", null, null, null, null).getTarget(); }',
  'variable handles': 'static Object f(java.lang.invoke.VarHandle h) { return h.get(); }',
  Unsafe: 'static Object f(sun.misc.Unsafe u) { return u; }',
  'a field of a forbidden type': 'sun.misc.Unsafe u;',
  serialization: 'static Object f(java.io.ObjectInputStream s) throws Exception { return s.readObject(); }',
  'files by name': 'static Object f() throws Exception { return new java.io.FileWriter("x"); }',
  'a formatter into a file': 'static Object f() throws Exception { return new Formatter("x"); }',
  'a formatter into a file, in a character set':
    'static Object f() throws Exception { return new Formatter("x", "UTF-8"); }',
  'paths and files':
    'static Object f() throws Exception { return java.nio.file.Files.readString(java.nio.file.Path.of("x")); }',
  'a stream of its own':
    'static class S extends java.io.PrintStream { S() throws Exception { super("x"); } }',
  'closing the output': 'static void f() { System.out.close(); }',
  'a network': 'static Object f() throws Exception { return new java.net.Socket("x", 1); }',
  processes: 'static Object f() throws Exception { return new ProcessBuilder("x").start(); }',
  'native code': 'static native void f();',
  'a library of native code': 'static void f() { System.loadLibrary("x"); }',
  'service providers': 'static Object f() { return ServiceLoader.load(Runnable.class); }',
  'resource bundles': 'static Object f() { return ResourceBundle.getBundle("x"); }',
  'properties of files': 'static Object f() { return new Properties(); }',
  'the environment': 'static Object f() { return System.getenv(); }',
  'values of threads': 'static ThreadLocal<String> f = new ThreadLocal<>();',
  'the stack': 'static Object f() { return StackWalker.getInstance(); }',
  finalizers: 'protected void finalize() {}',
  'finalizers, inherited': 'static class F { protected void finalize() {} } static class G extends F {}',
  cleaners: 'static Object f() { return java.lang.ref.Cleaner.create(); }',
  'catching everything': 'static int f() { try { return f(); } catch (Throwable t) { return 1; } }',
  'catching errors': 'static int f() { try { return f(); } catch (Error t) { return 1; } }',
  'catching a deep recursion':
    'static int f() { try { return f(); } catch (StackOverflowError t) { return 1; } }',
  'catching the want of memory, among others':
    'static int f() { try { return f(); } catch (AssertionError | VirtualMachineError t) { return 1; } }',
  'catching everything without a word': 'static int f() { try { return f(); } finally { return 1; } }',
  'monitors, which let go whatever is thrown': 'static int f(Object o) { synchronized (o) { return 1; } }',
  'resources, closed whatever is thrown':
    'static void f(AutoCloseable c) throws Exception { try (c) { c.hashCode(); } }',
};

const IMPORTS =
  'import java.util.*; import java.util.concurrent.*; import java.util.concurrent.atomic.*; import java.util.function.*; import java.util.regex.*; import java.util.stream.*; import java.math.*; import java.time.*; import java.time.format.*;';

describe.skipIf(javaProblem !== null)(titledJava('isHarmless'), () => {
  const names = [...Object.keys(harmless), ...Object.keys(harmful)];
  let classes: CompiledClass[];
  beforeAll(async () => {
    // One run of javac for all: each class has a name of its own.
    const programs = Object.values({ ...harmless, ...harmful });
    const sources = programs.map((members, index): [string, string] => [
      `P${index}.java`,
      `${IMPORTS} class P${index} { ${members.replace(/\bP\b/g, `P${index}`)} }`,
    ]);
    classes = await compileJava(Object.fromEntries(sources));
  });
  const classesOf = (program: string) => {
    const name = `P${names.indexOf(program)}`;
    return classes.filter((one) => one.name === name || one.name.startsWith(`${name}$`));
  };

  it.each(Object.keys(harmless))('allows %s', (name) => {
    expect(isHarmless(classesOf(name))).toBe(true);
  });

  it.each(Object.keys(harmful))('does not allow %s', (name) => {
    expect(classesOf(name).length).toBeGreaterThan(0);
    expect(isHarmless(classesOf(name))).toBe(false);
  });

  it('judges all classes of a program', () => {
    expect(isHarmless([...classesOf('arithmetic'), ...classesOf('threads')])).toBe(false);
  });

  it('does not take the classes of another program for its own', () => {
    const [user, used] = [classesOf('an interface with a default method'), classesOf('arithmetic')];
    expect(isHarmless(user.slice(1))).toBe(false);
    expect(isHarmless([...user, ...used])).toBe(true);
  });

  it('does not allow packages, which a library could share', async () => {
    const own = await compileJava({ 'org/javatuples/Own.java': 'package org.javatuples; class Own {}' });
    expect(own.map(({ name }) => name)).toEqual(['org.javatuples.Own']);
    expect(isHarmless(own)).toBe(false);
  });

  it('does not allow what it cannot read', () => {
    expect(isHarmless([{ bytes: Buffer.from('cafebabe', 'hex') }])).toBe(false);
  });
});
