package dev.rekey.engine.proof;

import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Workers that forget merges, made as {@link BrokenRules} are. */
final class BrokenMerges {
    private static final String MATCH = "\"origin\":\"match\"";

    private BrokenMerges() {}

    /** A run does not look at what earlier ones have merged. */
    static Rules earlierForgotten() {
        return reading(
                Platform.Kind.OTHER,
                (worker, key) ->
                        key.name().endsWith("/merges.jsonl.gz") && !key.equals(new RunFolder(worker.run()).merges()));
    }

    /** Workers that write do not know which records are merged. */
    static Rules mergedLikeOthers() {
        return reading(Platform.Kind.COPY, (worker, key) -> key.equals(new RunFolder(worker.run()).merges()));
    }

    /** Of the records that match because others are merged, none is merged. */
    static Rules matchesForgotten() {
        return (worker, objects, tables) -> new Rules.Stores(
                new Passing(objects) {
                    @Override
                    public PutOutcome create(ObjectKey key, byte[] content) {
                        return super.create(
                                key,
                                key.equals(new RunFolder(worker.run()).merges()) ? withoutMatches(content) : content);
                    }
                },
                tables);
    }

    private static byte[] withoutMatches(byte[] content) {
        return BrokenVerdicts.lines(
                content,
                text -> text.lines()
                        .filter(line -> !line.contains(MATCH))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()));
    }

    /** Some workers find no merges in an object. */
    private static Rules reading(Platform.Kind kind, BiPredicate<Worker, Objects.ObjectKey> emptied) {
        return (worker, objects, tables) -> worker.work().kind() != kind
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(
                        new Passing(objects) {
                            @Override
                            public Optional<Stored> get(ObjectKey key) {
                                return super.get(key)
                                        .map(found -> emptied.test(worker, key)
                                                ? new Stored(
                                                        BrokenVerdicts.lines(found.content(), _ -> ""), found.version())
                                                : found);
                            }
                        },
                        tables);
    }
}
