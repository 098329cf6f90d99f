package dev.rekey.engine.proof;

/** What operators do beside starting executions, and what came of it. */
enum Deed {
    /** A task waited for the end of a pause, and went on. */
    PAUSED,
    /** A worker was slowed down by limits that were set while it worked. */
    LIMITED,
    /** A part of the plan was migrated. */
    SCOPED,
    /** One table was taken back, with those that refer to it. */
    ONE_TABLE,
    /** The records of one tenant were taken back. */
    ONE_TENANT,
    /** And then all others. */
    THE_REST,
    /** A record was tested, and what had been written taken back. */
    TESTED
}
