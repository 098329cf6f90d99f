package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The target records that a run was asked to delete, since their source records were gone when it was prepared. Whether they still
 * are, is judged where they are deleted.
 */
public record FrozenGone(List<Gone> all) {
    public static final FrozenGone NONE = new FrozenGone(List.of());

    /** A run deletes no more: whoever works on it holds the whole list. Another run deletes the others. */
    public static final int MOST = 200_000;

    /** So many of one table are one page of those who work on them. */
    public static final int PAGE = 500;

    public FrozenGone {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param table that it belongs to, by its name in the plan
     * @param key in the target, as text
     * @param from keys of the source records that it was written for
     */
    public record Gone(TableName table, String key, List<String> from) {
        /** A key as it is written here. */
        public static String text(Key key) {
            return TypedJson.text(new TreeMap<>(key.attributes()));
        }

        @JsonIgnore
        public Key target() {
            return new Key(TypedJson.parse(key));
        }

        @JsonIgnore
        public List<Key> sources() {
            return from.stream().map(one -> new Key(TypedJson.parse(one))).toList();
        }
    }

    /** Freezes what the run is to delete. Of two attempts the first decides. */
    public FrozenGone freeze(Documents documents, RunFolder folder) {
        var _ = documents.createBytes(folder.gone(), GzippedLines.of(all));
        return of(documents, folder);
    }

    public static FrozenGone of(Documents documents, RunFolder folder) {
        return documents
                .findLines(folder.gone(), Gone.class)
                .map(FrozenGone::new)
                .orElse(NONE);
    }

    /** What the run is to delete; nothing is read of a run that was not asked to. */
    public static FrozenGone of(Documents documents, Manifest run) {
        return run.tables().keySet().stream().anyMatch(TableName::isGone)
                ? of(documents, new RunFolder(run.run()))
                : NONE;
    }

    /** Those of one table, which the plan names. */
    public List<Gone> of(TableName table) {
        return all.stream().filter(one -> one.table().equals(table)).toList();
    }

    /** Their tables. */
    public Set<TableName> tables() {
        return all.stream().map(Gone::table).collect(Collectors.toSet());
    }

    /** Their keys, of one table. */
    public Set<String> keys(TableName table) {
        return of(table).stream().map(Gone::key).collect(Collectors.toSet());
    }

    /**
     * What an execution found of them when it had verified the levels of their tables.
     *
     * @param keys of those that still are gone
     * @param changed keys of those that others have changed
     */
    public record Still(Set<String> keys, Set<String> changed) {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        private record Line(String key, boolean changed) {}

        /** Writes down what the matching of one partition found. */
        public void write(Documents documents, RunFolder folder, RunId task, TableName table, int partition) {
            var lines = Stream.concat(
                            keys.stream().map(key -> new Line(key, false)),
                            changed.stream().map(key -> new Line(key, true)))
                    .toList();
            documents.putBytes(folder.stillGone(task, table, partition), GzippedLines.of(lines));
        }

        /** @param task the execution */
        public static Still find(Documents documents, RunFolder folder, RunId task, TableName table) {
            var found = new Still(new HashSet<>(), new HashSet<>());
            documents.eachLine(
                    documents.list(folder.stillGone(task, table)),
                    Line.class,
                    line -> (line.changed() ? found.changed : found.keys).add(line.key()));
            return found;
        }

        /** The keys of those that still are gone, by table. */
        public static Map<TableName, Set<String>> keys(Documents documents, RunFolder folder, RunId task) {
            var all = new HashMap<TableName, Set<String>>();
            var prefix = folder.stillGone(task);
            documents.list(prefix).forEach(key -> {
                var rest = key.name().substring(prefix.length());
                var keys =
                        all.computeIfAbsent(new TableName(rest.substring(0, rest.indexOf('/'))), _ -> new HashSet<>());
                documents.eachLine(List.of(key), Line.class, line -> {
                    if (!line.changed()) {
                        keys.add(line.key());
                    }
                });
            });
            return all;
        }
    }
}
