package dev.rekey.local.functions;

/** A function that runs in this process: JSON in, JSON out, both as UTF-8 bytes. */
@FunctionalInterface
public interface LocalFunction {
    /**
     * @throws Exception becomes a function error named after the exception's class, as Lambda's Java runtime does
     */
    byte[] run(byte[] payload, Invocation invocation) throws Exception;
}
