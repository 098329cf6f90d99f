package dev.rekey.local.child;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.StampedLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A servlet filter that gives S3Mock what S3 promises: a reader sees an object before or after a write, never between,
 * and of two writers with a condition one finds what the other wrote. S3Mock itself checks a condition first and then
 * writes over the file that others are reading. A request that changes a bucket, of which the deletion of several
 * objects is one, has the store to itself.
 *
 * <p>Reached by reflection, as all of S3Mock is: it is on no class path of ours.
 */
final class OneWriterPerObject {
    private static final String SERVLET = "jakarta.servlet.";
    private static final int STRIPES = 1 << 10;
    private static final Pattern BUCKET = Pattern.compile("/[^/]*/?");

    /** Stamped, because a streamed answer is ended by another thread than the one that began it. */
    private final StampedLock[] stripes =
            Stream.generate(StampedLock::new).limit(STRIPES).toArray(StampedLock[]::new);

    /** The filter, for a server to call. */
    Object filter() throws ClassNotFoundException {
        return Proxies.of(Class.forName(SERVLET + "Filter"), (method, arguments) -> {
            if (method.getName().equals("doFilter")) {
                pass(arguments[0], arguments[1], arguments[2]);
            }
            return null;
        });
    }

    private void pass(Object request, Object response, Object chain) throws ReflectiveOperationException {
        var held = hold((String) call("http.HttpServletRequest", "getMethod", request), (String)
                call("http.HttpServletRequest", "getRequestURI", request));
        boolean streamed = false;
        try {
            Class.forName(SERVLET + "FilterChain")
                    .getMethod(
                            "doFilter",
                            Class.forName(SERVLET + "ServletRequest"),
                            Class.forName(SERVLET + "ServletResponse"))
                    .invoke(chain, request, response);
            if ((boolean) call("ServletRequest", "isAsyncStarted", request)) {
                releaseAtTheEnd(request, held);
                streamed = true;
            }
        } finally {
            if (!streamed) {
                held.run();
            }
        }
    }

    private Runnable hold(String method, String object) {
        var lock = stripes[Math.floorMod(object.hashCode(), STRIPES)];
        boolean reads = method.equals("GET") || method.equals("HEAD");
        if (!reads && BUCKET.matcher(object).matches()) {
            return holdAll();
        }
        long stamp = reads ? lock.readLock() : lock.writeLock();
        return () -> lock.unlock(stamp);
    }

    /** In the order of the stripes; all others hold one at most, so there is no deadlock. */
    private Runnable holdAll() {
        long[] stamps = Stream.of(stripes).mapToLong(StampedLock::writeLock).toArray();
        return () -> {
            for (int i = 0; i < stamps.length; i++) {
                stripes[i].unlock(stamps[i]);
            }
        };
    }

    private static void releaseAtTheEnd(Object request, Runnable held) throws ReflectiveOperationException {
        var released = new AtomicBoolean();
        var listener = Class.forName(SERVLET + "AsyncListener");
        Object atTheEnd = Proxies.of(listener, (method, _) -> {
            if (!method.getName().equals("onStartAsync") && released.compareAndSet(false, true)) {
                held.run();
            }
            return null;
        });
        Class.forName(SERVLET + "AsyncContext")
                .getMethod("addListener", listener)
                .invoke(call("ServletRequest", "getAsyncContext", request), atTheEnd);
    }

    private static Object call(String type, String method, Object target) throws ReflectiveOperationException {
        try {
            return Class.forName(SERVLET + type).getMethod(method).invoke(target);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Cannot ask a request for " + method + ": " + e.getCause(), e);
        }
    }
}
