package dev.rekey.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks now and then at how much lives in the heap of this process: what is left when everything else was collected. So
 * seldom that it takes little of the time.
 */
final class LiveHeap implements AutoCloseable {
    private static final long SECONDS_BETWEEN_LOOKS = 15;
    private static final long MEGABYTE = 1 << 20;

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong most = new AtomicLong();

    LiveHeap() {
        var _ = looking.scheduleWithFixedDelay(this::look, 0, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    private void look() {
        System.gc();
        long lives = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        most.accumulateAndGet(lives, Math::max);
    }

    /** The most of all looks since the last time this was asked, in megabytes. */
    long most() {
        look();
        return most.getAndSet(0) / MEGABYTE;
    }

    @Override
    public void close() {
        looking.close();
    }
}
