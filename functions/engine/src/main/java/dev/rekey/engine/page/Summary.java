package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.Severity;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.report.Headline;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.segment.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verdict in one line, and the run in numbers. */
final class Summary {
    private static final String CHECK = "M7 12.5l3.5 3.5L17 9";
    private static final String CROSS = "M8 8l8 8M16 8l-8 8";
    private static final String MARK = "M12 6.5v7M12 17v.01";

    private final RunReport report;
    private final Optional<Analysis> analysis;
    private final Headline headline;

    Summary(Shown shown) {
        this.report = shown.report();
        this.analysis = shown.analysis();
        this.headline = new Headline(report);
    }

    /** A number. */
    private record Tile(String value, String label, String tone) {}

    /** What else there is to know of the run. */
    private record Fact(String name, String value, boolean code) {}

    void addTo(Map<String, Object> page) {
        var tone = tone();
        var subject = report.subject();
        var plan = subject.plan().value();
        page.put("title", "Rekey: " + headline.text() + " (" + plan + ")");
        page.put("what", subject.action() + " · plan " + plan);
        page.put("headline", headline.text());
        page.put("message", report.ending().message());
        page.put("tone", tone);
        page.put("sign", tone.equals("good") ? CHECK : tone.equals("bad") ? CROSS : MARK);
        page.put("tiles", tiles());
        page.put("facts", facts());
        page.put("run", subject.run());
    }

    private String tone() {
        if (report.ending().error().isPresent()) {
            return headline.isTakenOver() ? "warn" : "bad";
        }
        return switch (headline.readiness()) {
            case NOT_READY -> "bad";
            case READY_WITH_WARNINGS -> "warn";
            case READY -> isAllDone() ? "good" : "warn";
        };
    }

    private boolean isAllDone() {
        boolean ended = switch (report.outcome()) {
            case STOPPED -> false;
            case ANALYZED, REFUSED, TESTED, MIGRATED, VERIFIED, ROLLED_BACK, INCOMPLETE -> true;
        };
        return ended
                && report.others().drift().isEmpty()
                && report.others().unrestored().isEmpty()
                && report.ending().problems().stream().allMatch(problem -> problem.severity() == Severity.NOTE)
                && report.verified().remaining().isEmpty();
    }

    private List<Tile> tiles() {
        var tiles = new ArrayList<Tile>();
        tiles.add(tile(headline.records(), "records", ""));
        tiles.add(tile(headline.tables(), "tables", ""));
        tiles.add(tile(levels(), "levels", ""));
        var verification = report.verified().verification();
        if (!verification.isEmpty()) {
            long matched = Counted.MATCHED.in(verification);
            long failures = headline.failures();
            tiles.add(tile(matched, "compared and equal", matched > 0 ? "good" : ""));
            tiles.add(tile(failures, "failures", failures > 0 ? "bad" : "good"));
        } else if (report.ending().verdict().isPresent()) {
            long blockers = analysis.map(all -> (long) all.blockers().size()).orElseGet(() -> problems(Severity.ERROR));
            long warnings =
                    analysis.map(all -> (long) all.warnings().size()).orElseGet(() -> problems(Severity.WARNING));
            tiles.add(tile(blockers, "blockers", blockers > 0 ? "bad" : "good"));
            tiles.add(tile(warnings, "warnings", warnings > 0 ? "warn" : "good"));
        }
        tiles.add(new Tile(Formats.duration(took()), "from start to end", ""));
        tiles.add(tile(Formats.perSecond(headline.records(), took()), "records per second", ""));
        return tiles;
    }

    private static Tile tile(long value, String label, String tone) {
        return new Tile(Wording.count(value), label, tone);
    }

    private long problems(Severity severity) {
        return report.ending().problems().stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }

    private long levels() {
        return report.work().tables().values().stream()
                .mapToInt(RunReport.OfTable::level)
                .distinct()
                .count();
    }

    /** From the first moment that is known of this execution: a later one did not begin with the run. */
    private Duration took() {
        var ended = report.subject().endedAt();
        if (!report.worksOnEarlierRun()) {
            return Duration.between(report.subject().startedAt(), ended);
        }
        return report.work().timelines().stream()
                .map(Timeline::begunAt)
                .min(Instant::compareTo)
                .map(begun -> Duration.between(begun, ended))
                .orElse(Duration.ZERO);
    }

    private List<Fact> facts() {
        var subject = report.subject();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Run", subject.run().value(), true));
        if (report.worksOnEarlierRun()) {
            facts.add(new Fact("Execution", subject.task().value(), true));
        }
        subject.startedBy()
                .ifPresent(by -> facts.add(new Fact(
                        "Started by", (by.identity() + ", " + by.from() + " " + by.version()).strip(), false)));
        facts.add(new Fact("Account and region", subject.account() + ", " + subject.region(), false));
        facts.add(new Fact("Plan", subject.plan().value(), false));
        facts.addAll(ofPlan(subject.basis()));
        facts.add(new Fact("Start of the run", Formats.time(subject.startedAt()), false));
        facts.add(new Fact("End of this execution", Formats.time(subject.endedAt()), false));
        report.ending().error().ifPresent(error -> facts.add(new Fact("Error", error, true)));
        report.ledger()
                .ifPresent(ledger ->
                        facts.add(new Fact("Ledger", "entry " + ledger.entries() + ", " + ledger.hash(), true)));
        return facts;
    }

    private List<Fact> ofPlan(RunReport.Basis basis) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Fingerprint of the plan", basis.fingerprint().hex(), true));
        basis.parameters().forEach((name, value) -> facts.add(new Fact("Parameter " + name, value, false)));
        var options = Stream.concat(
                        basis.scope().map(Scope::options).stream().flatMap(List::stream),
                        basis.options().words(report.mode().onFailure()).stream())
                .collect(Collectors.joining(" "));
        if (!options.isEmpty()) {
            facts.add(new Fact("Options", options, true));
        }
        basis.options()
                .limits()
                .map(Summary::limits)
                .filter(limits -> !limits.isEmpty())
                .ifPresent(limits -> facts.add(new Fact("Limits", limits, false)));
        return facts;
    }

    /** Empty if there are none: they come from the plan or from {@code rekey limit}. */
    private static String limits(Limits limits) {
        return Stream.of(
                        limits.readUnitsPerSecond().map(units -> Wording.count(units) + " read units per second"),
                        limits.writeUnitsPerSecond().map(units -> Wording.count(units) + " write units per second"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }
}
