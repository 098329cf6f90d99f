package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.FindingGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps a migration from writing, what somebody should look at, and what the plan has decided. */
record FindingsSection(Shown shown) {
    private static final int SHOWN = 200;
    private static final Pattern OF_TABLE = Pattern.compile("tables\\.(?<table>[^.]+)\\.(?<rest>.*)");

    /** Findings of one severity. */
    private record Group(String name, long count, List<Card> items) {}

    /**
     * Findings of one kind: of one place in sentences, of several in a table.
     *
     * @param table empty if the findings are of several places
     * @param count how many values stand behind them; empty if nobody has counted
     * @param hint that of the most places; the others have their own
     * @param more how many places are not shown, in words
     * @param all where all of them are
     */
    record Card(
            String tone,
            String id,
            String table,
            String path,
            Optional<Long> count,
            String message,
            String hint,
            List<Example> examples,
            List<Place> places,
            String more,
            Optional<String> all) {
        static Card of(String tone, List<Found> kind) {
            var first = kind.getFirst();
            if (kind.size() == 1) {
                return new Card(
                        tone,
                        first.id,
                        first.table,
                        first.table.isEmpty() ? first.path : first.table + " · " + first.path,
                        first.count,
                        first.message,
                        first.hint,
                        first.examples,
                        List.of(),
                        "",
                        first.all);
            }
            var hint = kind.stream()
                    .collect(Collectors.groupingBy(Found::hint, LinkedHashMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            return new Card(
                    tone,
                    first.id,
                    "",
                    Wording.count(kind.size(), "place"),
                    kind.stream().map(Found::count).flatMap(Optional::stream).reduce(Long::sum),
                    "",
                    hint,
                    List.of(),
                    kind.stream().limit(SHOWN).map(one -> one.place(hint)).toList(),
                    Formats.more(SHOWN, kind.size()),
                    first.all);
        }

        int exampleCount() {
            return examples.size();
        }

        boolean hasExamples() {
            return !examples.isEmpty();
        }

        boolean hasPlaces() {
            return !places.isEmpty();
        }

        boolean hasCounts() {
            return places.stream()
                    .anyMatch(place -> place.count.filter(values -> values > 1).isPresent());
        }

        boolean hasRecords() {
            return places.stream().anyMatch(place -> !place.record.isEmpty());
        }

        String file() {
            return "findings/" + id + ".jsonl";
        }
    }

    /** One place of several where the same was found. */
    private record Place(String table, String path, Optional<Long> count, String message, String hint, String record) {}

    /** A record of which something was found. */
    private record Example(String record, String message) {}

    /** What was found at one place. */
    private record Found(
            String id,
            String table,
            String path,
            Optional<Long> count,
            String message,
            String hint,
            List<Example> examples,
            Optional<String> all) {
        static Found of(FindingGroup found) {
            return new Found(
                    found.id(),
                    found.table().map(Object::toString).orElse(""),
                    found.path(),
                    Optional.of(found.count()),
                    found.message(),
                    found.hint(),
                    found.records().examples().stream()
                            .map(one -> new Example(Formats.key(one.record()), one.message()))
                            .toList(),
                    found.records().all());
        }

        static Found of(Problem found) {
            return new Found(
                    found.id(),
                    "",
                    found.path(),
                    Optional.empty(),
                    found.message(),
                    found.hint(),
                    List.of(),
                    Optional.empty());
        }

        /** A problem of the plan names the table in its path only. */
        Place place(String common) {
            var inPlan = OF_TABLE.matcher(path);
            boolean named = table.isEmpty() && inPlan.matches();
            return new Place(
                    named ? inPlan.group("table") : table,
                    named ? inPlan.group("rest") : path,
                    count,
                    message,
                    hint.equals(common) ? "" : hint,
                    examples.stream().map(Example::record).findFirst().orElse(""));
        }
    }

    Optional<Map<String, Object>> section() {
        var groups = Stream.of(
                        group("Blockers", "bad", Severity.ERROR, Analysis::blockers),
                        group("Warnings", "warn", Severity.WARNING, Analysis::warnings),
                        group("Decided by the plan", "", Severity.NOTE, Analysis::decided))
                .flatMap(each -> each)
                .toList();
        return groups.isEmpty() ? Optional.empty() : Optional.of(Map.of("title", "Findings", "groups", groups));
    }

    /** An analysis tells them in detail; a plan's own problems are only sentences. */
    private Stream<Group> group(
            String name, String tone, Severity severity, Function<Analysis, List<FindingGroup>> detailed) {
        var found = shown.analysis()
                .map(analysis ->
                        detailed.apply(analysis).stream().map(Found::of).toList())
                .orElseGet(() -> shown.report().ending().problems().stream()
                        .filter(problem -> problem.severity() == severity)
                        .map(Found::of)
                        .toList());
        var kinds = found.stream().collect(Collectors.groupingBy(Found::id, LinkedHashMap::new, Collectors.toList()));
        var cards = kinds.values().stream().map(kind -> Card.of(tone, kind)).toList();
        return cards.isEmpty() ? Stream.empty() : Stream.of(new Group(name, found.size(), cards));
    }
}
