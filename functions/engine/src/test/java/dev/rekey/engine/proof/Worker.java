package dev.rekey.engine.proof;

import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A process of the simulation: its clock, which is never quite right, its threads, and whether it is alive. */
final class Worker implements Time, Concurrency {
    /** Two clocks differ by no more than twice this, which is what leases allow for. */
    static final long MOST_OFF_MILLIS = 2_500;

    private static final Instant BEGINNING = Instant.parse("2026-01-02T03:04:05Z");

    private final Scheduler scheduler;
    private final RunId run;
    private final Platform.Work work;
    private long offMillis;
    private boolean dead;

    /** The process dies. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;

        Crash() {
            super("the process died", null, false, false);
        }
    }

    Worker(Scheduler scheduler, RunId run, Platform.Work work) {
        this.scheduler = scheduler;
        this.run = run;
        this.work = work;
    }

    RunId run() {
        return run;
    }

    Platform.Work work() {
        return work;
    }

    boolean isDead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    void clockIsOffBy(long millis) {
        offMillis = millis;
    }

    /** What no clock shows. */
    Instant trueInstant() {
        return BEGINNING.plusMillis(scheduler.nowMillis());
    }

    @Override
    public Instant instant() {
        return trueInstant().plusMillis(offMillis);
    }

    @Override
    public void sleep(Duration duration) {
        scheduler.sleep(duration);
        if (dead) {
            throw new Crash();
        }
    }

    @Override
    public <T> Started<T> start(Supplier<T> supplier) {
        var result = new AtomicReference<T>();
        var thrown = new AtomicReference<Optional<RuntimeException>>(Optional.empty());
        var task = scheduler.spawn(this, () -> {
            try {
                result.set(supplier.get());
            } catch (RuntimeException e) {
                thrown.set(Optional.of(e));
            }
        });
        return () -> {
            scheduler.join(task);
            thrown.get().ifPresent(e -> {
                throw e;
            });
            return result.get();
        };
    }
}
