package dev.rekey.interpreter.api;

/** {@code arn:aws:states:REGION:ACCOUNT:stateMachine:NAME}. */
public record StateMachineArn(String value) implements ExecutionParent {}
