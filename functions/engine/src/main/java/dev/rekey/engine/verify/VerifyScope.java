package dev.rekey.engine.verify;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.Where;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.LoggedScope;
import dev.rekey.engine.run.Levels;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.verify.Comparison.Pair;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which records a verification judges. It may read others too: references lead to them.
 *
 * @param part of the run
 */
public record VerifyScope(Scope part) {
    public static final VerifyScope ALL = new VerifyScope(Scope.ALL);

    private static ObjectKey key(RunFolder folder, RunId task) {
        return folder.key("verifications/%s/scope.json".formatted(task));
    }

    /** Writes down what {@code task} is to verify, before it begins. */
    public void write(Documents documents, RunFolder folder, RunId task) {
        documents.put(key(folder, task), part);
    }

    /** What was written down; everything if nothing was. */
    public static VerifyScope find(Documents documents, RunFolder folder, RunId task) {
        return documents
                .find(key(folder, task), Scope.class)
                .map(found -> new VerifyScope(found.value()))
                .orElse(ALL);
    }

    /** Whether the table has to be read: its records are judged, or records that are judged refer to them. */
    public boolean needs(TableName table, Plan plan) {
        return part.includes(table) || Levels.referred(plan, part.tables()).contains(table);
    }

    /** Whether {@code record} of the table {@code table} is judged. */
    boolean includes(TableName table, Map<String, AttributeValue> record) {
        return part.includes(table) && where().holds(record);
    }

    /**
     * Whether a logged record is judged that is changed in place: by what it held before the run, if the log says so.
     *
     * @param now what it holds; empty if it is gone
     */
    boolean includes(TableName table, LogEntry entry, Optional<Map<String, AttributeValue>> now) {
        if (!part.includes(table)) {
            return false;
        }
        var logged = LoggedScope.of(part.where());
        return logged.unknown(entry.key(), entry.operation()).isEmpty()
                ? logged.includes(entry.key(), entry.operation())
                : now.filter(where()::holds).isPresent();
    }

    /**
     * Whether a logged record is judged that was copied: by its source record. If that is gone, by its key and by what the
     * target holds.
     */
    boolean includes(TableName table, Pair pair, Optional<Map<String, AttributeValue>> there) {
        if (pair.fresh().isPresent()) {
            return includes(table, pair.fresh().get().record());
        }
        var known = new HashMap<>(there.orElse(Map.of()));
        known.putAll(originKey(pair).attributes());
        return includes(table, known);
    }

    private static Key originKey(Pair pair) {
        return pair.entry().origin().key();
    }

    private Where.Written where() {
        return new Where.Written(part.where());
    }
}
