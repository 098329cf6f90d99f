package dev.rekey.interpreter.ports;

/**
 * What the interpreter calls itself.
 *
 * @param region part of every ARN, such as {@code us-east-1}
 * @param account part of every ARN, twelve digits
 * @param interruptedTaskError the error name of a task that was in flight when the process died, for the document's
 *     {@code Retry} to match, such as {@code Lambda.Unknown}
 */
public record Settings(String region, String account, String interruptedTaskError) {
    /** That of the region. */
    public Partition partition() {
        return Partition.of(region);
    }
}
