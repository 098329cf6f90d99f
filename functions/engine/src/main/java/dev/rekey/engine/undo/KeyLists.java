package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lists of keys that the rollback of a stage, and the comparison after it, make of a segment: one for each page. */
record KeyLists(Documents documents, RunFolder folder, TableName table, Segment segment, Stage stage) {
    /** What a rollback left alone, with what a comparison after it found different. */
    static final String DRIFT = "drift";
    /** What a rollback that overwrites drift left alone all the same, and what was found different. */
    static final String UNRESTORED = "unrestored";
    /** What a rollback has put back although others had changed it. */
    static final String OVERWRITTEN = "overwritten";

    static KeyLists of(Documents documents, RollbackSegment.Work work, Stage stage) {
        return new KeyLists(documents, work.folder(), work.table(), work.segment(), stage);
    }

    /** A key as it stands in the lists. */
    static String text(Key key) {
        return TypedJson.text(key.attributes());
    }

    static Set<String> texts(Collection<Key> keys) {
        return keys.stream().map(KeyLists::text).collect(Collectors.toSet());
    }

    /** Of one page; nothing if there is no list. */
    Set<String> listed(String name, int page) {
        var all = new TreeSet<String>();
        documents.find(key(name, page), String[].class).ifPresent(list -> all.addAll(List.of(list.value())));
        return all;
    }

    void put(String name, int page, Set<String> keys) {
        documents.put(key(name, page), new TreeSet<>(keys));
    }

    /** Adds to a list of one page, which an earlier attempt may have begun. */
    void add(String name, int page, Set<String> keys) {
        var all = listed(name, page);
        all.addAll(keys);
        put(name, page, all);
    }

    /** Of all pages. */
    Set<String> all(String name) {
        var prefix = folder.key("%s/%s/%s-".formatted(name, table, segment.folder()));
        return all(documents.list(prefix.name()).stream());
    }

    /** Of all pages: what comparisons after the rollback found different, in this or another execution. */
    Set<String> allDifferent() {
        var segments = "/" + table + "/" + segment.folder() + "-";
        return all(documents.list(folder.key(VerifyUndoneSegment.DIFFERENT).name()).stream()
                .filter(key -> key.name().contains(segments)));
    }

    private Set<String> all(Stream<ObjectKey> lists) {
        return lists.filter(key -> stage.wrote(key.name()))
                .flatMap(list -> Stream.of(documents.get(list, String[].class).value()))
                .collect(Collectors.toSet());
    }

    private ObjectKey key(String name, int page) {
        return folder.key("%s/%s/%s-%08d%s".formatted(name, table, segment.folder(), page, stage.listEnd()));
    }
}
