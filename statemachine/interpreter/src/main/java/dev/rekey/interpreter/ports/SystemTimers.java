package dev.rekey.interpreter.ports;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Real time: one thread waits, the actions run on the executor handed in. */
public final class SystemTimers implements Timers, AutoCloseable {
    private final InstantSource clock;
    private final Executor executor;
    private final ScheduledThreadPoolExecutor scheduler;

    public SystemTimers(InstantSource clock, Executor executor, ThreadFactory threads) {
        this.clock = clock;
        this.executor = executor;
        this.scheduler = new ScheduledThreadPoolExecutor(1, threads);
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public Alarm at(Instant time, Runnable action) {
        long nanos = Math.max(0, Duration.between(clock.instant(), time).toNanos());
        Future<?> pending = scheduler.schedule(() -> executor.execute(action), nanos, TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
    }

    /** Drops all pending actions. */
    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
