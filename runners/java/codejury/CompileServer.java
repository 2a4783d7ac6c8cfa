package codejury;

import com.sun.tools.javac.api.JavacTaskPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles one source text after another in memory, with a compiler that stays warm. It runs nothing of what it compiles:
 * annotation processing is off.
 *
 * A compiler is used again only after a program that it compiled without an error and that cannot have left anything behind, and an
 * error counts only where a compiler that nobody used before reports it.
 *
 * Request: file name, source, and paths of more files to compile with it. Answer: status (`ok`, `error`, `nesting`, `crash`), then
 * three lists, each a netstring of netstrings: diagnostics (code, offset, message; an offset of -1 = not in the source), mains
 * (class, offset), classes (name, bytes). After a crash the virtual machine ends.
 */
final class CompileServer {
    /** Deep enough that only sources made to be too deep are too deep. */
    private static final long STACK_BYTES = 64L << 20;
    /** Name tables grow with every program. */
    private static final int TASKS_PER_POOL = 200;

    private final Channel channel = new Channel();
    private final StandardJavaFileManager system;
    private final MemoryFiles files;
    private final List<String> options;
    private JavacTaskPool pool = new JavacTaskPool(1);
    /** Programs that the compiler in the pool has seen. */
    private int tasks;
    private boolean isBroken;

    private CompileServer(String classPath, String sourcePath) {
        system = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        files = new MemoryFiles(system);
        options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-encoding", "UTF-8", "-cp", classPath));
        if (!sourcePath.isEmpty()) {
            options.addAll(List.of("-sourcepath", sourcePath));
        }
    }

    /** Arguments: class path and source path of the programs; an empty source path = none but the class path. */
    public static void main(String[] arguments) {
        CompileServer server = new CompileServer(arguments[0], arguments[1]);
        new Thread(null, server::serve, "compiler", STACK_BYTES).start();
    }

    private void serve() {
        try {
            for (List<byte[]> request = channel.read(); request != null; request = channel.read()) {
                channel.write(request.isEmpty() ? Channel.encode("ready") : compile(request));
                if (isBroken) {
                    // Where stack ran out, classes of the compiler itself may be half initialised for ever.
                    System.exit(1);
                }
            }
        } catch (IOException error) {
            System.exit(1);
        }
    }

    private byte[] compile(List<byte[]> request) {
        JavaFileObject source = new MemoryFiles.Source(Channel.text(request.get(0)), Channel.text(request.get(1)));
        List<JavaFileObject> units = new ArrayList<>(List.of(source));
        for (byte[] path : request.subList(2, request.size())) {
            system.getJavaFileObjects(Channel.text(path)).forEach(units::add);
        }
        if (tasks >= TASKS_PER_POOL) {
            renew();
        }
        boolean isUsed = tasks > 0;
        Compilation compilation = new Compilation(source);
        compilation.run(pool, files, options, units);
        if (isUsed && !compilation.isDone() && compilation.crash == null) {
            renew();
            compilation = new Compilation(source);
            compilation.run(pool, files, options, units);
        }
        tasks += 1;
        if (!compilation.leavesNothing()) {
            renew();
        }
        isBroken = compilation.crash != null;
        if (compilation.isDone()) {
            return Channel.encode("ok", "", Channel.join(compilation.mains), Channel.join(files.classes()));
        }
        // Of a used compiler that broke down, no error counts either: the host asks another.
        return compilation.errors().isEmpty() || isBroken && isUsed
            ? Channel.encode(compilation.crash, "", "", "")
            : Channel.encode("error", Channel.join(compilation.errors()), "", "");
    }

    private void renew() {
        pool = new JavacTaskPool(1);
        tasks = 0;
    }
}
