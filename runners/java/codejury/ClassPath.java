package codejury;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

/** The class path of programs, as text in arguments; relative entries lie beside the runner's own jar. */
final class ClassPath {
    private ClassPath() {}

    static URL[] parse(String classPath) throws MalformedURLException {
        URL here = ClassPath.class.getProtectionDomain().getCodeSource().getLocation();
        File folder = new File(here.getPath()).getParentFile();
        List<URL> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                File file = new File(entry);
                entries.add((file.isAbsolute() ? file : new File(folder, entry)).toURI().toURL());
            }
        }
        return entries.toArray(new URL[0]);
    }
}
