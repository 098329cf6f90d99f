package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.ports.Timers;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/** Time that passes when all work is done, and an executor on the caller's thread: the same order every time. */
final class VirtualTime implements Timers, Executor {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Deque<Runnable> work = new ArrayDeque<>();
    private final PriorityQueue<Pending> alarms =
            new PriorityQueue<>(Comparator.comparing(Pending::time).thenComparing(Pending::order));
    private Instant now = START;
    private long orders;

    private record Pending(Instant time, long order, Runnable action) {}

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Alarm at(Instant time, Runnable action) {
        Pending pending = new Pending(time, orders++, action);
        alarms.add(pending);
        return () -> alarms.remove(pending);
    }

    @Override
    public void execute(Runnable action) {
        work.add(action);
    }

    /** Works until nothing is left to do or to wait for. */
    void run() {
        runUntil(Instant.MAX);
    }

    void runUntil(Instant end) {
        while (true) {
            while (!work.isEmpty()) {
                work.poll().run();
            }
            if (alarms.isEmpty() || alarms.peek().time().isAfter(end)) {
                break;
            }
            Pending next = alarms.poll();
            now = next.time().isAfter(now) ? next.time() : now;
            work.add(next.action());
        }
        now = end.isAfter(now) && !end.equals(Instant.MAX) ? end : now;
    }

    /** Forgets all work and alarms, as the death of a process does. */
    void die() {
        work.clear();
        alarms.clear();
    }
}
