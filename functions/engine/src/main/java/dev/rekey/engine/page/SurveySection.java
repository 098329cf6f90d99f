package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.Evidence;
import dev.rekey.engine.analyze.IdPlace;
import dev.rekey.engine.analyze.ReferenceStatistics;
import dev.rekey.engine.analyze.StaleIds;
import dev.rekey.engine.analyze.Survey;
import dev.rekey.engine.analyze.TableStatistics;
import dev.rekey.engine.analyze.Undeclared;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.report.RunReport.ReportedReference;
import dev.rekey.engine.segment.Sizes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an analysis counted: references, undeclared ids, attributes. */
final class SurveySection {
    private static final int ORPHANS = 5;

    private final Shown shown;
    private final RunReport report;
    private final Optional<Survey> survey;
    private final Optional<Analysis> analysis;

    SurveySection(Shown shown) {
        this.shown = shown;
        this.report = shown.report();
        this.survey = shown.survey();
        this.analysis = shown.analysis();
    }

    /**
     * A reference that the plan declares.
     *
     * @param decided whether the plan says what happens to orphans
     * @param counted empty if the values were not counted
     */
    record Reference(
            TableName table,
            String path,
            Object to,
            boolean decided,
            Optional<ReferenceStatistics.Values> counted,
            List<ReferenceStatistics.Example> examples) {
        String tone() {
            return isDangling() && !decided ? "bad" : "";
        }

        boolean isDangling() {
            return counted.filter(values -> values.orphans() > 0).isPresent();
        }

        boolean hasExamples() {
            return !examples.isEmpty();
        }
    }

    Optional<Map<String, Object>> references() {
        var counted = survey.map(Survey::references).orElse(List.of());
        var rows = counted.isEmpty()
                ? report.work().references().stream().map(this::reference).toList()
                : counted.stream().map(this::reference).toList();
        long dangling = rows.stream().filter(Reference::isDangling).count();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "summary",
                        Wording.count(rows.size(), "reference") + " declared"
                                + (dangling > 0 ? ", " + Wording.count(dangling) + " with orphans" : ""),
                        "open",
                        dangling > 0 || rows.size() <= TablesSection.MOST_OPEN,
                        "caption",
                        "Every reference that the plan declares, those with orphans first.",
                        "hasCounts",
                        !counted.isEmpty(),
                        "rows",
                        rows.stream()
                                .sorted(Comparator.comparing(one -> !one.isDangling()))
                                .toList()));
    }

    private Reference reference(ReferenceStatistics counted) {
        var declared = counted.declared();
        var examples = counted.examples().isEmpty()
                ? orphans(declared.table(), declared.path())
                : counted.examples().stream()
                        .map(one -> new ReferenceStatistics.Example(one.id(), Formats.key(one.record())))
                        .toList();
        return new Reference(
                declared.table(),
                declared.path(),
                declared.family(),
                isDecided(declared.table(), declared.path()),
                Optional.of(counted.counted()),
                examples);
    }

    private Reference reference(ReportedReference declared) {
        return new Reference(
                declared.table(),
                declared.path(),
                declared.to(),
                isDecided(declared.table(), declared.path()),
                Optional.empty(),
                orphans(declared.table(), declared.path()));
    }

    private boolean isDecided(TableName table, String path) {
        return shown.isDecided("reference.orphan", table, Optional.of(path));
    }

    private List<ReferenceStatistics.Example> orphans(TableName table, String path) {
        return analysis.stream()
                .flatMap(found -> found.orphans().stream())
                .filter(orphan -> orphan.table().equals(table) && orphan.path().equals(path))
                .limit(ORPHANS)
                .map(orphan -> new ReferenceStatistics.Example(orphan.id().canonical(), Formats.key(orphan.example())))
                .toList();
    }

    /** Ids at one place. */
    record Found(IdPlace at, String values, String matched, Evidence evidence) {
        static Found of(IdPlace at, long values, long matched, Evidence evidence, boolean estimated) {
            var about = estimated ? "about " : "";
            return new Found(at, about + Wording.count(values), about + Wording.count(matched), evidence);
        }

        static Found of(Undeclared one) {
            return of(one.at(), one.counted().values(), one.counted().matched(), one.evidence(), one.estimated());
        }

        static Found of(StaleIds one) {
            return of(one.at(), one.values(), one.values(), one.evidence(), one.estimated());
        }

        String path() {
            return at.path() + (at.part() == 0 ? "" : ", part " + at.part());
        }

        String strength() {
            return evidence.word();
        }

        String tone() {
            return switch (evidence) {
                case STRONG -> "bad";
                case NAMED -> "warn";
                case WEAK -> "";
            };
        }
    }

    /** Undeclared references before a migration; ids that stayed old after one. */
    Optional<Map<String, Object>> undeclared() {
        var stale = report.verified().stale();
        if (!stale.isEmpty()) {
            return Optional.of(Map.of(
                    "title", "Old ids in the target",
                    "sentence", "These values are old ids. Where the evidence is strong, the plan lacks a reference.",
                    "parts", parts(stale.stream().map(Found::of).toList(), true)));
        }
        var undeclared = survey.map(Survey::undeclared).orElse(List.of());
        return undeclared.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "title",
                        "Undeclared references",
                        "sentence",
                        "These values are ids of a table, but the plan does not declare a reference: they stay"
                                + " unchanged.",
                        "parts",
                        parts(undeclared.stream().map(Found::of).toList(), false)));
    }

    /** Places with some evidence, and those that match perhaps by accident. */
    private record Part(String summary, boolean open, List<Found> rows) {}

    /** Whatever has evidence before a migration is among the findings already. */
    private static List<Part> parts(List<Found> found, boolean open) {
        var parts = found.stream().collect(Collectors.partitioningBy(one -> one.evidence() == Evidence.WEAK));
        return Stream.of(
                        part(parts.get(false), "with evidence", open),
                        part(parts.get(true), "with weak evidence", false))
                .filter(part -> !part.rows().isEmpty())
                .toList();
    }

    private static Part part(List<Found> found, String what, boolean open) {
        return new Part(Wording.count(found.size(), "place") + " " + what, open, found);
    }

    /** What is in one table. */
    record Census(TableStatistics of, String sizes, String because, List<Attribute> attributes) {
        static Census of(TableStatistics table) {
            return new Census(
                    table,
                    table.volume().targetSizes().map(Census::sizes).orElse(""),
                    because(table.position()),
                    table.content().attributes().stream().map(Attribute::of).toList());
        }

        String records() {
            return Wording.count(of.counted().records(), "record");
        }

        String size() {
            return Formats.bytes(of.volume().bytes());
        }

        private static String sizes(Sizes sizes) {
            return "min %s, median %s, p99 %s, max %s"
                    .formatted(
                            Formats.bytes(sizes.min()),
                            Formats.bytes(sizes.median()),
                            Formats.bytes(sizes.p99()),
                            Formats.bytes(sizes.max()));
        }

        private static String because(TableStatistics.Position position) {
            return position.because().isEmpty()
                    ? ""
                    : "On level " + position.level() + " because "
                            + position.because().stream()
                                    .map(one -> one.path() + " refers to " + one.table() + " on level " + one.level())
                                    .collect(Collectors.joining(", "))
                            + ".";
        }
    }

    /** One attribute of a table. */
    private record Attribute(String name, String types, long missing) {
        static Attribute of(TableStatistics.Attribute one) {
            return new Attribute(
                    one.name(),
                    one.types().entrySet().stream()
                            .map(type -> type.getKey() + " " + Wording.count(type.getValue()))
                            .collect(Collectors.joining(", ")),
                    one.missing());
        }
    }

    Optional<Map<String, Object>> census() {
        var tables = survey.map(Survey::census).orElse(List.of());
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "summary",
                        "Attributes of " + Wording.count(tables.size(), "table"),
                        "tables",
                        tables.stream().map(Census::of).toList()));
    }
}
