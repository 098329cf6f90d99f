package dev.rekey.local;

/** Whether data outlives the stack. */
public enum Durability {
    /** Tables, objects and executions are there again when a stack starts on the same directory. */
    ON_DISK,
    /** All data is gone when the stack ends; logs and the address of the stack are still files. */
    IN_MEMORY
}
