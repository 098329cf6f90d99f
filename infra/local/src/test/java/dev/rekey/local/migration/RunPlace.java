package dev.rekey.local.migration;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Documents;
import java.util.Set;
import java.util.stream.Collectors;

/** How far a run has come, as its objects say; in the order in which a run that is migrated and rolled back gets there. */
enum RunPlace {
    BEFORE,
    /** A segment of the source is being read. */
    ANALYZING,
    /** It may write, and has not logged a record yet. */
    READY,
    /** A table is being copied that nobody has begun to compare. */
    COPYING,
    /** Whatever was begun to be copied is being compared, or was. */
    COMPARING,
    MIGRATED,
    /** A second table is being undone. */
    ROLLING_BACK,
    ROLLED_BACK;

    static RunPlace of(Documents documents, RunFolder run) {
        return documents
                .find(run.control(), Control.class)
                .map(control -> of(control.value(), documents, run))
                .orElse(BEFORE);
    }

    private static RunPlace of(Control control, Documents documents, RunFolder run) {
        return switch (control.phase()) {
            case ANALYZING, READ, REFUSED, TESTING, TESTED ->
                tables(documents, run, Stage.ANALYZE).isEmpty() ? BEFORE : ANALYZING;
            case MIGRATING -> migrating(documents, run);
            case MIGRATED -> MIGRATED;
            case ROLLING_BACK -> tables(documents, run, Stage.ROLLBACK).size() < 2 ? MIGRATED : ROLLING_BACK;
            case ROLLED_BACK -> ROLLED_BACK;
        };
    }

    private static RunPlace migrating(Documents documents, RunFolder run) {
        if (documents.list(run.key("log/").name()).isEmpty()) {
            return READY;
        }
        var compared = tables(documents, run.key("checkpoints/verify-").name());
        return compared.containsAll(tables(documents, run, Stage.COPY)) ? COMPARING : COPYING;
    }

    private static Set<String> tables(Documents documents, RunFolder run, Stage stage) {
        return tables(documents, run.checkpointPrefix(stage));
    }

    /** The key of a checkpoint ends with the table and the segment. */
    private static Set<String> tables(Documents documents, String prefix) {
        return documents.list(prefix).stream()
                .map(checkpoint -> checkpoint.name().split("/"))
                .map(parts -> parts[parts.length - 2])
                .collect(Collectors.toSet());
    }
}
