package codejury;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

/** The class path of programs, as text in arguments. */
final class ClassPath {
    private ClassPath() {}

    static URL[] parse(String classPath) throws MalformedURLException {
        List<URL> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                entries.add(new File(entry).toURI().toURL());
            }
        }
        return entries.toArray(new URL[0]);
    }
}
