package codejury;

import java.io.IOException;
import java.util.List;

/**
 * Runs one program and ends with it. Whatever the program does to this virtual machine, it can only lie about itself.
 *
 * Requests: nothing (answer `ready`); nonce, main class, and name and bytes of each class (answer {@link Program#verdict}).
 * After `returned` the machine ends as `java` would: when all threads that are no daemons have, with the exit code that the
 * program gives. After anything else, the nonce alone gets what {@link Failure#describe} says.
 */
final class RunOnce {
    private RunOnce() {}

    /** Arguments: seed, bytes of stack for main, class path. */
    public static void main(String[] arguments) throws IOException {
        long seed = Long.parseLong(arguments[0]);
        Internals.setSalt(seed);
        Channel channel = new Channel();
        if (channel.read() == null) {
            return;
        }
        channel.write(Channel.encode("ready"));
        List<byte[]> request = channel.read();
        if (request == null) {
            return;
        }
        String nonce = Channel.text(request.get(0));
        byte[] outOfMemory = Channel.encode(nonce, "memory", "java.lang.OutOfMemoryError", 0, "clean");
        Program program = new Program(request, ClassPath.parse(arguments[2]), ClassLoader.getPlatformClassLoader(), seed);
        program.runInThread(Long.parseLong(arguments[1]));
        try {
            channel.write(program.verdict(nonce, "clean"));
        } catch (OutOfMemoryError error) {
            channel.write(outOfMemory);
        }
        if (program.thrown() != null) {
            channel.read();
            channel.write(Failure.describe(program, nonce));
            Runtime.getRuntime().halt(1);
        }
    }
}
