package dev.rekey.aws.invocation;

import dev.rekey.engine.store.Concurrency;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Starts every piece of work in a virtual thread of its own. */
public final class VirtualThreadConcurrency implements Concurrency {
    @Override
    public <T> Started<T> start(Supplier<T> work) {
        var running = new Running<>(work);
        Thread.startVirtualThread(running);
        return running;
    }

    private static final class Running<T> implements Runnable, Started<T> {
        private final Supplier<T> work;
        private final CountDownLatch ended = new CountDownLatch(1);
        private Supplier<T> result;

        Running(Supplier<T> work) {
            this.work = work;
        }

        @Override
        @SuppressWarnings("CatchingUnchecked") // whatever ends the work, an Error too, belongs to who joins it
        public void run() {
            try {
                T value = work.get();
                result = () -> value;
            } catch (RuntimeException e) {
                result = () -> {
                    throw e;
                };
            } catch (Error e) {
                result = () -> {
                    throw e;
                };
            } finally {
                ended.countDown();
            }
        }

        @Override
        public T join() {
            awaitEnd();
            return result.get();
        }

        /** Waits for the end even if interrupted meanwhile: a request under way must not outlive who started it. */
        private void awaitEnd() {
            boolean interrupted = false;
            while (true) {
                try {
                    ended.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
