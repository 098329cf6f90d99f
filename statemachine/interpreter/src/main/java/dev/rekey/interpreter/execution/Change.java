package dev.rekey.interpreter.execution;

/** What an entry of an execution's journal does to the execution's state. */
enum Change {
    /** The execution began. */
    START,
    /** A frame entered a state. */
    ENTER,
    /** A task was asked for, once. */
    SCHEDULE,
    /** A task was handed over and now waits for its token. */
    SUBMIT,
    /** A task that waits showed that it lives. */
    HEARTBEAT,
    /** A state's work gave a result. */
    RESULT,
    /** A state's work, or an expression of it, failed. */
    ERROR,
    /** The failed work is to be done again at a given time. */
    RETRY,
    /** A Wait state waits until a given time. */
    WAIT,
    /** A Parallel or inline Map made ready for its branches. */
    SPREAD,
    /** One branch began. */
    BRANCH,
    /** An inline Map noted the success of an iteration. */
    BRANCH_DONE,
    /** A frame failed for good. */
    BREAK,
    /** A distributed Map began its Map Run. */
    MAP_RUN,
    /** A frame left a state. */
    LEAVE,
    /** An event of the history that changes nothing else. */
    NOTE,
    /** The execution ended. */
    END,
    /** An ended execution goes on. */
    REDRIVE
}
