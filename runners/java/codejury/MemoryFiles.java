package codejury;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Keeps the class files that a compiler writes in memory. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

    MemoryFiles(JavaFileManager system) {
        super(system);
    }

    void clear() {
        written.clear();
    }

    /** Each class as a list of its name and its bytes, sorted by name. */
    List<byte[]> classes() {
        List<byte[]> classes = new ArrayList<>();
        written.forEach((name, bytes) -> classes.add(Channel.join(List.of(name, bytes.toByteArray()))));
        return classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location,
        String name,
        JavaFileObject.Kind kind,
        FileObject sibling
    ) {
        return new SimpleJavaFileObject(URI.create("memory:///Output"), kind) {
            @Override
            public OutputStream openOutputStream() {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                written.put(name, bytes);
                return bytes;
            }
        };
    }

    /** A source text with a file name. */
    static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String fileName, String text) {
            super(URI.create("memory:///" + fileName), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
