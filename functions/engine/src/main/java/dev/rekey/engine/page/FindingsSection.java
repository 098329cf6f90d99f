package dev.rekey.engine.page;

import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.reading.Problem;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.FindingGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What keeps a migration from writing, and what somebody should look at. */
record FindingsSection(Shown shown) {
    private static final int SHOWN = 200;

    /** Findings of one severity. */
    private record Group(String name, long count, List<Item> items, String more) {}

    /**
     * One kind of findings.
     *
     * @param count how many values stand behind it; empty if nobody has counted
     * @param all where all of them are
     */
    record Item(
            String tone,
            String id,
            String table,
            String path,
            Optional<Long> count,
            String message,
            String hint,
            List<Example> examples,
            Optional<String> all) {
        int exampleCount() {
            return examples.size();
        }

        boolean hasExamples() {
            return !examples.isEmpty();
        }

        String file() {
            return "findings/" + id + ".jsonl";
        }
    }

    /** A record of which something was found. */
    private record Example(String record, String message) {}

    Optional<Map<String, Object>> section() {
        var groups = Stream.concat(
                        group("Blockers", "bad", Severity.ERROR, Analysis::blockers),
                        group("Warnings", "warn", Severity.WARNING, Analysis::warnings))
                .toList();
        return groups.isEmpty() ? Optional.empty() : Optional.of(Map.of("title", "Findings", "groups", groups));
    }

    /** An analysis tells them in detail; a plan's own problems are only sentences. */
    private Stream<Group> group(
            String name, String tone, Severity severity, Function<Analysis, List<FindingGroup>> detailed) {
        var items = shown.analysis()
                .map(analysis -> detailed.apply(analysis).stream()
                        .map(group -> item(group, tone))
                        .toList())
                .orElseGet(() -> shown.report().ending().problems().stream()
                        .filter(problem -> problem.severity() == severity)
                        .map(problem -> item(problem, tone))
                        .toList());
        return items.isEmpty()
                ? Stream.empty()
                : Stream.of(new Group(
                        name, items.size(), items.stream().limit(SHOWN).toList(), Formats.more(SHOWN, items.size())));
    }

    private static Item item(FindingGroup found, String tone) {
        var table = found.table().map(Object::toString).orElse("");
        return new Item(
                tone,
                found.id(),
                table,
                table.isEmpty() ? found.path() : table + " · " + found.path(),
                Optional.of(found.count()),
                found.message(),
                found.hint(),
                found.records().examples().stream()
                        .map(one -> new Example(Formats.key(one.record()), one.message()))
                        .toList(),
                found.records().all());
    }

    private static Item item(Problem found, String tone) {
        return new Item(
                tone,
                found.id(),
                "",
                found.path(),
                Optional.empty(),
                found.message(),
                found.hint(),
                List.of(),
                Optional.empty());
    }
}
