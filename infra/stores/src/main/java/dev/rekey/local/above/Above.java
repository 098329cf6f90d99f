package dev.rekey.local.above;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs a main class above the libraries of a store. The JVM can keep loaded classes for its next start only if they lie in
 * jars, if no folder is on the class path, and no jar whose manifest names one, as that of DynamoDB Local does: what cannot be
 * kept is loaded here.
 */
public final class Above {
    private Above() {}

    /** The class path of what is loaded here, the main class, then its arguments. */
    public static void main(String[] arguments) throws Exception {
        var loader = new URLClassLoader("above", urls(arguments[0]), Above.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        var main = Class.forName(arguments[1], true, loader).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private static URL[] urls(String classPath) throws MalformedURLException {
        var entries = classPath.split(File.pathSeparator);
        var urls = new URL[entries.length];
        for (int entry = 0; entry < entries.length; entry++) {
            urls[entry] = Path.of(entries[entry]).toUri().toURL();
        }
        return urls;
    }
}
