package dev.rekey.engine.run;

/** Names one execution. */
public record ExecutionArn(String value) {
    @Override
    public String toString() {
        return value;
    }
}
