package dev.rekey.engine.verify;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.PassedOver;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Documents;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells a record that the run read and had nothing to do with from one that it lost. It reads the log of the record's table,
 * so it is asked only of records that would be a failure otherwise.
 */
record PassedOverRecords(Documents documents, RunContext run) {
    /**
     * A record of the source.
     *
     * @param key as DynamoDB JSON
     */
    record Place(TableName table, String key) {}

    /** Those of {@code places} that the run may have read and passed over. */
    Set<Place> among(Collection<Place> places) {
        var byUnit = places.stream()
                .collect(Collectors.groupingBy(one -> run.manifest().unit(one.table())));
        var passed = new HashSet<Place>();
        byUnit.forEach((unit, ofUnit) -> passed(unit)
                .forEach(notes -> ofUnit.stream()
                        .filter(one -> notes.mayContain(one.key()))
                        .forEach(passed::add)));
        return passed;
    }

    private Set<PassedOver> passed(TableName unit) {
        var log = new UndoLog(documents, run.folder());
        return Segment.all(run.manifest().table(unit).allSegments()).stream()
                .flatMap(segment -> log.passedOver(unit, segment).stream())
                .collect(Collectors.toSet());
    }
}
