package dev.rekey.interpreter.api;

/** The kind of a state machine. Both run alike here: every execution is durable and has a history. */
public enum StateMachineType {
    STANDARD,
    EXPRESS
}
