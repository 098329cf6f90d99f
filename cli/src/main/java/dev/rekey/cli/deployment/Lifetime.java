package dev.rekey.cli.deployment;

/** How long the executions of a stack can go on. */
public enum Lifetime {
    /** Until the command ends, whose own stack it is. */
    COMMAND,
    /** As long as the stack on this machine is up, which another command has started. */
    LOCAL_STACK,
    /** Whatever ends here. */
    CLOUD
}
