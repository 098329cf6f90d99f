package dev.rekey.cli.deployment;

/** Names one execution. */
public record ExecutionArn(String value) {
    @Override
    public String toString() {
        return value;
    }
}
