package dev.rekey.engine.verify;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;

/**
 * What is to be compared.
 *
 * @param task the execution that verifies; its results lie apart from those of others
 * @param level of the table
 * @param search what is looked for beside differences
 * @param showing what of the records is written down
 * @param scope which records are judged
 */
public record VerifyWork(
        RunId task, TableName table, Segment segment, int level, Search search, Showing showing, VerifyScope scope) {
    /** What a verification looks for beside differences. */
    public enum Search {
        NOTHING,
        /** Old ids in the target. */
        STALE_IDS;

        /** Only verify waits for it, not a migration. */
        public static Search of(Action action) {
            return switch (action) {
                case VERIFY -> STALE_IDS;
                case ANALYZE, VALIDATE, TEST, MIGRATE, ROLLBACK, RESUME, STOP -> NOTHING;
            };
        }
    }

    /** Name of the join that finds dangling references and unexpected records of a level. */
    public static String join(RunId task, int level) {
        return "verify-" + task + "-" + level;
    }
}
