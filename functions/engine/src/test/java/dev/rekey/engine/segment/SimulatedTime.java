package dev.rekey.engine.segment;

import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A clock for several threads of which one runs at a time: when it waits, the one goes on that is to wake first, and the
 * clock jumps to that moment. The same program gives the same course of events.
 */
final class SimulatedTime implements Time, Concurrency {
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final PriorityQueue<Sleeper> sleepers =
            new PriorityQueue<>(Comparator.comparing(Sleeper::wake).thenComparing(Sleeper::order));
    private Instant now = START;
    private long order;

    private record Sleeper(Instant wake, long order, Semaphore awake) {}

    /** Runs all of {@code programs} to their ends, as programs of the same moment. */
    void run(List<? extends Runnable> programs) {
        var done = new Semaphore(0);
        var all = newThread(() -> {
            var started = programs.stream()
                    .map(program -> start(() -> {
                        program.run();
                        return true;
                    }))
                    .toList();
            started.forEach(Started::join);
        });
        next();
        all.onEnd(done);
        done.acquireUninterruptibly();
        var _ = all.result().get();
    }

    @Override
    public <T> Started<T> start(Supplier<T> work) {
        var job = new Job<>(work);
        newThread(job);
        return job;
    }

    private Job<Boolean> newThread(Runnable program) {
        var job = new Job<>(() -> {
            program.run();
            return true;
        });
        newThread(job);
        return job;
    }

    private <T> void newThread(Job<T> job) {
        var sleeper = asleep(Duration.ZERO);
        Thread.startVirtualThread(() -> {
            sleeper.awake().acquireUninterruptibly();
            job.run();
        });
    }

    private synchronized Sleeper asleep(Duration duration) {
        var sleeper = new Sleeper(now.plus(duration), order++, new Semaphore(0));
        sleepers.add(sleeper);
        return sleeper;
    }

    private synchronized void next() {
        var first = sleepers.poll();
        if (first != null) {
            now = first.wake().isAfter(now) ? first.wake() : now;
            first.awake().release();
        }
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public void sleep(Duration duration) {
        var sleeper = asleep(duration);
        next();
        sleeper.awake().acquireUninterruptibly();
    }

    /** Work in a thread of its own. */
    private final class Job<T> implements Started<T> {
        private final Supplier<T> work;
        private Optional<Supplier<T>> result = Optional.empty();
        private Optional<Semaphore> outside = Optional.empty();
        private Optional<Semaphore> joining = Optional.empty();

        Job(Supplier<T> work) {
            this.work = work;
        }

        @SuppressWarnings("CatchingUnchecked") // an assertion that fails in here belongs to the test
        void run() {
            Supplier<T> outcome;
            try {
                T value = work.get();
                outcome = () -> value;
            } catch (RuntimeException e) {
                outcome = () -> {
                    throw e;
                };
            } catch (Error e) {
                outcome = () -> {
                    throw e;
                };
            }
            end(outcome);
        }

        private void end(Supplier<T> outcome) {
            synchronized (SimulatedTime.this) {
                result = Optional.of(outcome);
                joining.ifPresent(awake -> sleepers.add(new Sleeper(now, order++, awake)));
                outside.ifPresent(Semaphore::release);
            }
            next();
        }

        Supplier<T> result() {
            return result.orElseThrow();
        }

        /** For a thread that is none of ours. */
        void onEnd(Semaphore done) {
            synchronized (SimulatedTime.this) {
                outside = Optional.of(done);
                result.ifPresent(_ -> done.release());
            }
        }

        @Override
        public T join() {
            Semaphore awake = null;
            synchronized (SimulatedTime.this) {
                if (result.isEmpty()) {
                    awake = new Semaphore(0);
                    joining = Optional.of(awake);
                }
            }
            if (awake != null) {
                next();
                awake.acquireUninterruptibly();
            }
            return result().get();
        }
    }
}
