package dev.rekey.engine.migration;

/** A rule that is broken while a plan runs again and again. */
enum BrokenRepetition {
    /** What others have changed counts as what a run wrote. */
    OTHERS_CHANGES_ARE_OURS(When.JUDGING),
    /** What the scope leaves out counts as not in the source. */
    LEFT_OUT_IS_GONE(When.JUDGING),
    /** What earlier runs wrote is forgotten. */
    EARLIER_RUNS_ARE_FORGOTTEN(When.JUDGING),
    /** A verification names nothing as gone. */
    GONE_IS_NOT_NAMED(When.JUDGING),
    /** A part that overwrote drift is forgotten by the rollback of the whole run. */
    OVERWRITING_PARTS_ARE_FORGOTTEN(When.JUDGING),
    /** What is to be deleted is deleted whatever stands there by then. */
    DELETED_WITHOUT_A_CONDITION(When.DELETING),
    /** The source is not asked once more before a record is deleted. */
    BACK_IN_THE_SOURCE_IS_NOT_SEEN(When.DELETING),
    /** What is deleted is not in the log. */
    DELETED_WITHOUT_A_LOG(When.DELETING),
    /** A later run lists again what is kept. */
    KEPT_IS_FORGOTTEN(When.JUDGING),
    /** So does the verification of an older run. */
    KEPT_IS_FORGOTTEN_BY_OLDER_RUNS(When.JUDGING_AGAIN),
    /** Also what nobody has listed is kept. */
    KEPT_UNASKED(When.PREPARING),
    /** Of what is listed, only what nobody has changed is kept. */
    CHANGED_IS_NOT_KEPT(When.PREPARING);

    /** While what it is broken. */
    enum When {
        PREPARING,
        JUDGING,
        /** While an older run is verified. */
        JUDGING_AGAIN,
        DELETING
    }

    final When when;

    BrokenRepetition(When when) {
        this.when = when;
    }
}
