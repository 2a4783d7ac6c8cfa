package codejury;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.List;

/** One program, run as `java` would run it: its main in a thread of that name. */
final class Program implements Runnable {
    private final ProgramLoader loader;
    private final String mainClass;
    private final long seed;
    private Throwable thrown;
    private long durationNanos;

    /** @param request nonce (not kept: the program could find it here), main class, name and bytes of each class */
    Program(List<byte[]> request, URL[] classPath, ClassLoader parent, long seed) {
        this.seed = seed;
        mainClass = Channel.text(request.get(1));
        loader = new ProgramLoader(request.subList(2, request.size()), classPath, parent);
    }

    /** Runs it in a new thread and waits for that thread, but for no other. */
    void runInThread(long stackBytes) {
        Internals.setChance(seed);
        Thread thread = new Thread(null, this, "main", stackBytes);
        thread.setContextClassLoader(loader);
        thread.start();
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException error) {
                // By the program, which has no say in this.
                continue;
            }
        }
    }

    @Override
    public void run() {
        long startedAt = System.nanoTime();
        try {
            Method main = Class.forName(mainClass, true, loader).getMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
        } catch (Throwable error) {
            thrown = unwrap(error);
        } finally {
            durationNanos = System.nanoTime() - startedAt;
        }
    }

    /** What the program threw, without what reflection and static initializers wrap around it. */
    private static Throwable unwrap(Throwable error) {
        boolean isWrapper = error instanceof InvocationTargetException || error instanceof ExceptionInInitializerError;
        return isWrapper && error.getCause() != null ? unwrap(error.getCause()) : error;
    }

    ProgramLoader loader() {
        return loader;
    }

    /** Null when main returned. */
    Throwable thrown() {
        return thrown;
    }

    /** The answer about it: nonce, `returned` or {@link Failure#type}, class of what was thrown, microseconds, state. */
    byte[] verdict(String nonce, String state) {
        String type = thrown == null ? "returned" : Failure.type(thrown);
        String name = thrown == null ? "" : thrown.getClass().getName();
        return Channel.encode(nonce, type, name, durationNanos / 1000, state);
    }
}
