package dev.rekey.cli.exit;

/** What the process tells its caller. */
public enum ExitCode {
    DONE(0),
    /** A defect of Rekey itself. */
    DEFECT(1),
    USAGE(2),
    /** Refused before the first write: plan, data or surroundings are not fit. */
    REFUSED(3),
    VERIFICATION_FAILED(4),
    /** Rolled back or done, but what others changed meanwhile was kept. */
    DRIFT_KEPT(5),
    /** Incomplete or unknown: resume or roll back. */
    INCOMPLETE(6),
    /** Failed and rolled back cleanly. */
    ROLLED_BACK(7),
    /** Done, but others changed records meanwhile: another run has to see to them. */
    REMAINING(8);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
