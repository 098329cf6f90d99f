package dev.rekey.engine.run;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A decision in a few words. */
public final class LedgerText {
    private static final int TABLES_SHOWN = 3;

    private LedgerText() {}

    public static String of(Decision decision) {
        return switch (decision) {
            case Decision.Started started ->
                "started: %s of plan %s (%s), execution %s%s"
                        .formatted(
                                started.action(),
                                started.plan().value(),
                                started.fingerprint().hex(),
                                started.execution(),
                                tables(started.tables()));
            case Decision.Refused refused -> "refused to " + refused.action() + ": " + refused.cause();
            case Decision.Judged judged ->
                "judged the data: " + judged.verdict().word();
            case Decision.Tested tested -> ("test " + tested.outcome() + " " + tested.message()).strip();
            case Decision.LevelMigrated level -> "level " + level.level() + " migrated" + counts(level.tables());
            case Decision.LevelVerified level ->
                "level " + level.level() + " verified, " + Wording.count(level.failures(), "failure")
                        + counts(level.tables());
            case Decision.Failed failed -> "failed, " + failed.failure() + ": " + failed.message();
            case Decision.Stopped stopped -> "stopped execution " + stopped.execution();
            case Decision.RollbackStarted rollback ->
                "rollback started"
                        + rollback.part()
                                .map(part -> " of " + String.join(", ", part.words()))
                                .orElse("")
                        + (rollback.cause().isEmpty() ? "" : ": " + rollback.cause());
            case Decision.WritersStopped stopped -> stopped.how();
            case Decision.Ended ended ->
                "ended, %s%s: %s"
                        .formatted(
                                ended.outcome(), ended.error().map(" "::concat).orElse(""), ended.message());
            case Decision.Paused paused -> "paused at " + paused.since();
            case Decision.Unpaused unpaused -> "unpaused, after a pause since " + unpaused.since();
            case Decision.LimitsChanged limits ->
                "limits changed: read " + limit(limits.readUnitsPerSecond()) + ", write "
                        + limit(limits.writeUnitsPerSecond());
            case Decision.CreatingTables tables ->
                "creating for plan %s (%s): %s"
                        .formatted(tables.plan().value(), tables.fingerprint().hex(), Wording.list(tables.what()));
            case Decision.Created created -> "created: " + created.what();
        };
    }

    /** Totals over all tables, without the zeros. */
    private static String counts(Map<TableName, Map<Counted, Long>> tables) {
        var totals = new EnumMap<Counted, Long>(Counted.class);
        tables.values().forEach(counts -> Counted.add(counts, totals));
        return totals.entrySet().stream()
                .filter(one -> one.getValue() > 0)
                .map(one -> ", " + Wording.count(one.getValue()) + " "
                        + one.getKey().word())
                .collect(Collectors.joining());
    }

    private static String tables(Map<TableName, Decision.Route> routes) {
        if (routes.isEmpty()) {
            return "";
        }
        int more = routes.size() - TABLES_SHOWN;
        return routes.values().stream()
                        .limit(TABLES_SHOWN)
                        .map(route -> route.source().equals(route.target())
                                ? route.source().name()
                                : route.source() + " -> " + route.target())
                        .collect(Collectors.joining(", ", "; ", ""))
                + (more > 0 ? " and " + Wording.count(more, "more table") : "");
    }

    private static String limit(Optional<Integer> unitsPerSecond) {
        return unitsPerSecond.map(units -> Wording.count(units, "unit") + "/s").orElse("unlimited");
    }
}
