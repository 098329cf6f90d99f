package dev.rekey.interpreter;

final class Stub {
    private Stub() {}

    static StepFunctions of(Settings settings, Ports ports) {
        if (settings == null || ports.store() == null) {
            throw new IllegalArgumentException();
        }
        throw new UnsupportedOperationException();
    }
}
