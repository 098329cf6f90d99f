package dev.rekey.engine.verify;

import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;

/**
 * What is to be compared.
 *
 * @param task the execution that verifies; its results lie apart from those of others
 * @param level of the table
 * @param showing what of the records is written down
 */
public record VerifyWork(RunId task, TableName table, Segment segment, int level, Showing showing) {
    /** Name of the join that finds dangling references and unexpected records of a level. */
    public static String join(RunId task, int level) {
        return "verify-" + task + "-" + level;
    }
}
