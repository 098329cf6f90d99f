package dev.rekey.cli.execution;

/** Names one execution. */
public record ExecutionArn(String value) {
    @Override
    public String toString() {
        return value;
    }
}
