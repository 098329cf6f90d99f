package dev.rekey.engine.forecast;

/**
 * What a part of a migration takes beside the tables' capacity.
 *
 * @param seconds from its start to its end
 */
record Effort(
        double objectWrites,
        double objectReads,
        double transitions,
        double invocations,
        double functionSeconds,
        double seconds) {
    static final Effort NONE = new Effort(0, 0, 0, 0, 0, 0);

    Effort plus(Effort more) {
        return new Effort(
                objectWrites + more.objectWrites,
                objectReads + more.objectReads,
                transitions + more.transitions,
                invocations + more.invocations,
                functionSeconds + more.functionSeconds,
                seconds + more.seconds);
    }
}
