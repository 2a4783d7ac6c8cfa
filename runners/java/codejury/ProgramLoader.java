package codejury;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads one program: its own classes first, as a class path would that begins with them, then what else is on the class path.
 * The runner's own classes cannot be named from it.
 */
final class ProgramLoader extends URLClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    /** @param classes name, bytes, name, bytes and so on */
    ProgramLoader(List<byte[]> classes, URL[] classPath, ClassLoader parent) {
        super(classPath, parent);
        for (int index = 0; index + 1 < classes.size(); index += 2) {
            this.classes.put(Channel.text(classes.get(index)), classes.get(index + 1));
        }
    }

    boolean defines(String className) {
        return classes.containsKey(className);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
        }
    }
}
