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
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;

/** One program on its way through a compiler. */
final class Compilation {
    private static final int DIAGNOSTICS = 10;

    /** Each a list of class and offset. */
    final List<Object> mains = new ArrayList<>();
    /** `nesting` where the compiler's stack ran out, `crash` where it broke down otherwise; null = neither. */
    String crash;
    private final JavaFileObject source;
    private final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    private boolean definesPackage;

    Compilation(JavaFileObject source) {
        this.source = source;
    }

    void run(JavacTaskPool pool, MemoryFiles files, List<String> options, List<JavaFileObject> units) {
        files.clear();
        try {
            pool.getTask(null, files, diagnostics, options, null, units, task -> {
                generate(task);
                return null;
            });
        } catch (RuntimeException | Error error) {
            crash = "crash";
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                if (cause instanceof StackOverflowError) {
                    crash = "nesting";
                }
            }
        }
    }

    boolean isDone() {
        return crash == null && !hasErrors();
    }

    /**
     * Whether the compiler knows nothing of the program any more. Packages stay known: the next program could import what only this
     * one has. So does, after an error, what was unfinished.
     */
    boolean leavesNothing() {
        return isDone() && !definesPackage;
    }

    /** Each a list of code, offset and message. */
    List<Object> errors() {
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

    private void generate(JavacTask task) {
        try {
            for (CompilationUnitTree unit : task.parse()) {
                definesPackage |= unit.getPackageName() != null || unit.getModule() != null;
                findMains(unit, Trees.instance(task));
            }
            if (hasErrors()) {
                return;
            }
            task.analyze();
            if (!hasErrors()) {
                task.generate();
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private boolean hasErrors() {
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
