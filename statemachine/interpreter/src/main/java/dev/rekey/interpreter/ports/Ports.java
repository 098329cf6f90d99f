package dev.rekey.interpreter.ports;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What the interpreter needs from outside.
 *
 * @param executor runs executions and tasks; tasks may block, so give it a thread each (virtual threads)
 * @param random for jitter, ids, {@code $random} and {@code $uuid}; need not be thread-safe
 */
public record Ports(
        Store store,
        TaskIntegrations tasks,
        ObjectStore objects,
        Timers timers,
        RandomGenerator random,
        Executor executor) {}
