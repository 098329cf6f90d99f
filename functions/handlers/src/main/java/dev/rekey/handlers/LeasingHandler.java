package dev.rekey.handlers;

import java.time.Duration;

/**
 * Does work under a lease. Its invocation is short, so that a stop or a rollback does not wait for long, not even
 * for one that was killed.
 */
abstract class LeasingHandler extends Handler {
    LeasingHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    final Duration longest() {
        return bootstrap().settings().invocation();
    }
}
