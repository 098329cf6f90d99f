package dev.rekey.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What was started, to be ended in reverse order. */
final class Resources {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    /** Ends everything, whatever fails on the way; safe to call again. */
    synchronized void close(Consumer<String> log) {
        while (!open.isEmpty()) {
            AutoCloseable resource = open.pop();
            try {
                resource.close();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (Exception failed) {
                log.accept("Ending " + resource + " failed: " + failed);
            }
        }
    }
}
