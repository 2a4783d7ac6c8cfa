package codejury;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/**
 * Runs one program after another. Only for programs that refer to nothing but what the host's allow-list names: no threads, no
 * exit, no reflection, no files. What the list cannot see is noticed afterwards, and then the host runs the program again
 * elsewhere and ends this machine.
 *
 * Requests and answers as in {@link RunOnce}, but that nothing ends, and that a verdict has a fifth field: `clean`, or what the
 * program left behind.
 */
final class RunServer {
    private static final URL[] NOWHERE = {};
    private static final Locale LOCALE = Locale.getDefault();
    private static final TimeZone ZONE = TimeZone.getDefault();

    private RunServer() {}

    /** Arguments: seed, bytes of stack for main, class path. */
    public static void main(String[] arguments) throws IOException {
        long seed = Long.parseLong(arguments[0]);
        Internals.setSalt(seed);
        long stackBytes = Long.parseLong(arguments[1]);
        Channel channel = new Channel();
        // One for all programs: what is on it has no state.
        ClassLoader libraries = new URLClassLoader(ClassPath.parse(arguments[2]), ClassLoader.getPlatformClassLoader());
        System.setIn(InputStream.nullInputStream());
        byte[] ready = Channel.encode("ready");
        Program last = null;
        for (List<byte[]> request = channel.read(); request != null; request = channel.read()) {
            if (request.isEmpty()) {
                channel.write(ready);
                continue;
            }
            String nonce = Channel.text(request.get(0));
            if (request.size() > 1) {
                last = new Program(request, NOWHERE, libraries, seed);
                channel.write(last.verdict(nonce, run(last, stackBytes)));
            } else {
                channel.write(Failure.describe(last, nonce));
            }
        }
    }

    /** What is not as it was before: `threads`, `streams`, `locale`; else `clean`. */
    private static String run(Program program, long stackBytes) {
        PrintStream out = new PrintStream(OutputStream.nullOutputStream());
        PrintStream err = new PrintStream(OutputStream.nullOutputStream());
        System.setOut(out);
        System.setErr(err);
        int threads = countThreads();
        program.runInThread(stackBytes);
        if (countThreads() != threads) {
            return "threads";
        }
        if (System.out != out || System.err != err) {
            return "streams";
        }
        return Locale.getDefault() != LOCALE || !TimeZone.getDefault().equals(ZONE) ? "locale" : "clean";
    }

    private static int countThreads() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return top.activeCount();
    }
}
