package dev.rekey.interpreter.api;

/** {@code arn:aws:states:REGION:ACCOUNT:execution:NAME:EXECUTION}; a Map Run's child has {@code NAME/LABEL} for NAME. */
public record ExecutionArn(String value) {}
