package dev.rekey.interpreter.ports;

/** The opaque token by which a {@code .waitForTaskToken} task is answered from outside. */
public record TaskToken(String value) {}
