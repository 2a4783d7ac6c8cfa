package codejury;

import java.util.ArrayList;
import java.util.List;

/** Describes what a program threw. Only {@link #type} runs no code of the program. */
final class Failure {
    private static final int TEXT_LENGTH = 2000;
    private static final int CAUSES = 3;
    /** Of the program's own frames, this many innermost and as many outermost. */
    private static final int FRAMES = 40;

    private Failure() {}

    /** `assertion`, `memory`, `error` (another Error: the machine itself may be affected) or `exception`. */
    static String type(Throwable thrown) {
        if (thrown instanceof AssertionError) {
            return "assertion";
        }
        if (thrown instanceof OutOfMemoryError) {
            return "memory";
        }
        return thrown instanceof Error ? "error" : "exception";
    }

    /** The nonce, messages (its own, then its causes') and the program's own frames (class, line), innermost first. */
    static byte[] describe(Program program, String nonce) {
        return Channel.encode(nonce, Channel.join(messages(program.thrown())), Channel.join(frames(program)));
    }

    private static List<Object> messages(Throwable thrown) {
        List<Object> messages = new ArrayList<>();
        try {
            Throwable cause = thrown;
            for (int count = 0; cause != null && count < CAUSES; count++, cause = cause.getCause()) {
                messages.add(clip(String.valueOf(cause.getMessage())));
            }
        } catch (Throwable error) {
            // The program's own code; what it said so far counts.
        }
        return messages;
    }

    private static List<Object> frames(Program program) {
        List<Object> frames = new ArrayList<>();
        try {
            for (StackTraceElement frame : program.thrown().getStackTrace()) {
                if (program.loader().defines(frame.getClassName())) {
                    frames.add(Channel.join(List.of(frame.getClassName(), frame.getLineNumber())));
                }
            }
        } catch (Throwable error) {
            // The program's own code here too.
        }
        if (frames.size() > 2 * FRAMES) {
            frames.subList(FRAMES, frames.size() - FRAMES).clear();
        }
        return frames;
    }

    private static String clip(String text) {
        return text.length() <= TEXT_LENGTH ? text : text.substring(0, TEXT_LENGTH);
    }
}
