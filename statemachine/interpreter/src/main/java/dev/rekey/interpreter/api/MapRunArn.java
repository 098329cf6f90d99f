package dev.rekey.interpreter.api;

/** {@code arn:aws:states:REGION:ACCOUNT:mapRun:NAME/LABEL:UUID}. */
public record MapRunArn(String value) implements ExecutionParent {}
