package codejury;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import com.sun.tools.javac.api.JavacTaskPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles one source text after another in memory, with a compiler that stays warm. It runs nothing of what it compiles:
 * annotation processing is off.
 *
 * Request: file name, source, and paths of more files to compile with it. Answer: status (`ok`, `error`, `crash`), then three
 * lists, each a netstring of netstrings: diagnostics (code, offset, message; an offset of -1 = not in the source), mains (class,
 * offset), classes (name, bytes).
 */
final class CompileServer {
    /** Deep enough that only sources made to be too deep are too deep. */
    private static final long STACK_BYTES = 64L << 20;
    /** Name tables grow with every program. */
    private static final int TASKS_PER_POOL = 200;
    private static final int DIAGNOSTICS = 10;

    private final Channel channel = new Channel();
    private final StandardJavaFileManager system;
    private final MemoryFiles files;
    private final List<String> options;
    private JavacTaskPool pool = new JavacTaskPool(1);
    private int tasks;

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
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Compilation compilation = new Compilation();
        files.clear();
        if (++tasks % TASKS_PER_POOL == 0) {
            pool = new JavacTaskPool(1);
        }
        String crash = null;
        try {
            pool.getTask(null, files, diagnostics, options, null, units, task -> {
                compilation.run(task, diagnostics);
                return null;
            });
        } catch (StackOverflowError error) {
            crash = "StackOverflowError";
        } catch (RuntimeException | Error error) {
            crash = error.toString();
        }
        if (crash != null || compilation.definesPackage) {
            // Packages stay known to a compiler: the next program could import what only this one has.
            pool = new JavacTaskPool(1);
        }
        List<Object> errors = errorsOf(diagnostics, source);
        if (crash != null && errors.isEmpty()) {
            return Channel.encode("crash", Channel.join(List.of(Channel.join(List.of(crash, "-1", crash)))), "", "");
        }
        return errors.isEmpty()
            ? Channel.encode("ok", "", Channel.join(compilation.mains), Channel.join(files.classes()))
            : Channel.encode("error", Channel.join(errors), "", "");
    }

    private static List<Object> errorsOf(DiagnosticCollector<JavaFileObject> diagnostics, JavaFileObject source) {
        List<Object> errors = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR && errors.size() < DIAGNOSTICS) {
                JavaFileObject place = diagnostic.getSource();
                boolean isElsewhere = place != null && place != source;
                long position = isElsewhere ? -1 : diagnostic.getPosition();
                String where = isElsewhere ? place.getName() + ":" + diagnostic.getLineNumber() + ": " : "";
                String message = where + diagnostic.getMessage(Locale.ROOT);
                errors.add(Channel.join(List.of(diagnostic.getCode(), position, message)));
            }
        }
        return errors;
    }

    /** One program on its way through the compiler. */
    private static final class Compilation {
        private final List<Object> mains = new ArrayList<>();
        private boolean definesPackage;

        void run(JavacTask task, DiagnosticCollector<JavaFileObject> diagnostics) {
            try {
                for (CompilationUnitTree unit : task.parse()) {
                    definesPackage |= unit.getPackageName() != null || unit.getModule() != null;
                    findMains(unit, Trees.instance(task));
                }
                if (hasErrors(diagnostics)) {
                    return;
                }
                task.analyze();
                if (!hasErrors(diagnostics)) {
                    task.generate();
                }
            } catch (IOException error) {
                throw new java.io.UncheckedIOException(error);
            }
        }

        private static boolean hasErrors(DiagnosticCollector<JavaFileObject> diagnostics) {
            return diagnostics.getDiagnostics().stream().anyMatch(one -> one.getKind() == Diagnostic.Kind.ERROR);
        }

        private void findMains(CompilationUnitTree unit, Trees trees) {
            String prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
            for (Tree type : unit.getTypeDecls()) {
                if (!(type instanceof ClassTree owner)) {
                    continue;
                }
                for (Tree member : owner.getMembers()) {
                    if (member instanceof MethodTree method && isMain(method)) {
                        long offset = trees.getSourcePositions().getStartPosition(unit, method);
                        mains.add(Channel.join(List.of(prefix + owner.getSimpleName(), offset)));
                    }
                }
            }
        }

        private static boolean isMain(MethodTree method) {
            List<? extends VariableTree> parameters = method.getParameters();
            return method.getName().contentEquals("main")
                && method.getModifiers().getFlags().containsAll(List.of(Modifier.PUBLIC, Modifier.STATIC))
                && parameters.size() == 1
                && parameters.get(0).getType().toString().matches("(java\\.lang\\.)?String(\\[\\]|\\.\\.\\.)");
        }
    }
}
