package dev.rekey.interpreter.api;

/** Whose executions are listed: a state machine's own or a Map Run's children. */
public sealed interface ExecutionParent permits StateMachineArn, MapRunArn {
    String value();
}
