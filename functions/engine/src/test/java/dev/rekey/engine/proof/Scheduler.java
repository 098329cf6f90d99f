package dev.rekey.engine.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Threads of which one runs at a time, and a clock that goes on only when all of them wait. A thread gives way when it
 * sleeps or joins another; who is next depends on the clock and, at the same time, on the seed. So one seed always gives
 * one order of events.
 */
final class Scheduler {
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>();
    private final Semaphore end = new Semaphore(0);
    private final Random random;
    private final int mostSwitches;
    private Optional<Error> failure = Optional.empty();
    private Task current;
    private long nowMillis;
    private long switches;

    /** @param mostSwitches a simulation that takes more than so many goes round in circles */
    Scheduler(long seed, int mostSwitches) {
        this.random = new Random(seed);
        this.mostSwitches = mostSwitches;
    }

    private record Waiting(long untilMillis, long lot, Task task) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(untilMillis, other.untilMillis);
            return byTime != 0 ? byTime : Long.compare(lot, other.lot);
        }
    }

    /** A thread of the simulation, and the process that it belongs to. */
    static final class Task {
        private final Semaphore permit = new Semaphore(0);
        private final List<Task> joining = new ArrayList<>();
        private final Worker worker;
        private boolean done;

        private Task(Worker worker) {
            this.worker = worker;
        }

        Worker worker() {
            return worker;
        }

        boolean isDone() {
            return done;
        }
    }

    Task current() {
        return current;
    }

    long nowMillis() {
        return nowMillis;
    }

    /** Starts a thread; it runs when the others give way. */
    Task spawn(Worker worker, Runnable work) {
        var task = new Task(worker);
        enqueue(task, nowMillis);
        Thread.ofVirtual().start(() -> {
            task.permit.acquireUninterruptibly();
            try {
                work.run();
            } catch (Error e) {
                failure = failure.or(() -> Optional.of(e));
            } catch (RuntimeException e) {
                failure = failure.or(() -> Optional.of(new AssertionError("a thread of the simulation failed", e)));
            }
            finish(task);
        });
        return task;
    }

    private void finish(Task task) {
        task.done = true;
        task.joining.forEach(other -> enqueue(other, nowMillis));
        if (failure.isPresent() || queue.isEmpty()) {
            end.release();
        } else {
            next().permit.release();
        }
    }

    /** The current thread goes on after {@code duration}. */
    void sleep(Duration duration) {
        enqueue(current, nowMillis + Math.max(0, duration.toMillis()));
        giveWay();
    }

    /** The current thread goes on when {@code task} has ended. */
    void join(Task task) {
        if (!task.done) {
            task.joining.add(current);
            giveWay();
        }
    }

    /** Runs {@code first}, and all threads that it starts, to their ends. */
    void run(Worker worker, Runnable first) {
        spawn(worker, first);
        next().permit.release();
        end.acquireUninterruptibly();
        failure.ifPresent(error -> {
            throw error;
        });
    }

    private void enqueue(Task task, long untilMillis) {
        queue.add(new Waiting(untilMillis, random.nextLong(), task));
    }

    private void giveWay() {
        var me = current;
        if (failure.isEmpty() && ++switches > mostSwitches) {
            failure = Optional.of(new AssertionError("the simulation does not come to an end"));
        }
        if (failure.isPresent() || queue.isEmpty()) {
            failure = failure.or(() -> Optional.of(new AssertionError("all threads wait for each other")));
            end.release();
        } else {
            var next = next();
            if (next == me) {
                return;
            }
            next.permit.release();
        }
        me.permit.acquireUninterruptibly();
    }

    private Task next() {
        var waiting = queue.remove();
        nowMillis = Math.max(nowMillis, waiting.untilMillis());
        current = waiting.task();
        return current;
    }
}
