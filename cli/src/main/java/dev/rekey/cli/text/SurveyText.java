package dev.rekey.cli.text;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.analyze.Evidence;
import dev.rekey.engine.analyze.IdsFound;
import dev.rekey.engine.analyze.ReferenceStatistics;
import dev.rekey.engine.analyze.StaleIds;
import dev.rekey.engine.analyze.Survey;
import dev.rekey.engine.analyze.TableStatistics;
import dev.rekey.engine.analyze.TableStatistics.Attribute;
import dev.rekey.engine.analyze.TableStatistics.Because;
import dev.rekey.engine.analyze.Undeclared;
import dev.rekey.engine.forecast.Forecast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an analysis has counted, in lines. */
public final class SurveyText {
    private static final int MIXED_SHOWN = 10;
    private static final int IDS_SHOWN = 30;
    private static final int PLACES_NAMED = 5;

    private SurveyText() {}

    /** @param searched whether ids were looked for where no reference is declared */
    public static List<String> lines(Survey survey, boolean searched) {
        var lines = new ArrayList<String>();
        section(lines, "Tables", tables(survey.census()));
        section(lines, "Attributes with more than one type", mixed(survey.census()));
        section(lines, "References", references(survey.references()));
        section(
                lines,
                "Undeclared references",
                searched && survey.undeclared().isEmpty() ? List.of("none") : undeclared(survey.undeclared()));
        section(lines, "A migration takes", forecast(survey.forecast()));
        return lines;
    }

    /** What a plan accepts is a line, and what may be an accident is in the report. */
    public static List<String> stale(List<StaleIds> stale) {
        var telling =
                stale.stream().filter(ids -> ids.evidence() != Evidence.WEAK).toList();
        var open = telling.stream().filter(ids -> !ids.accepted()).toList();
        var lines = new ArrayList<String>();
        if (!open.isEmpty()) {
            var columns = new Columns("table", "attribute", "old ids of", "values", "distinct", "evidence");
            open.stream()
                    .limit(IDS_SHOWN)
                    .forEach(ids -> columns.row(
                            ids.at().table().value(),
                            place(ids.at().path(), ids.at().part()),
                            ids.at().family().value(),
                            counted(ids.values(), ids.estimated()),
                            counted(ids.distinct(), ids.estimated()),
                            ids.evidence().word()));
            section(lines, "Old ids in the target", columns.lines());
            more(lines, open.size() - IDS_SHOWN, "place");
            lines.add("");
        }
        accepted(telling.stream().filter(StaleIds::accepted).toList(), lines);
        return lines;
    }

    private static void accepted(List<StaleIds> accepted, List<String> lines) {
        if (!accepted.isEmpty()) {
            int more = accepted.size() - PLACES_NAMED;
            lines.addAll(Wrapping.lines(
                    "",
                    "Old ids at accepted places: "
                            + accepted.stream()
                                    .limit(PLACES_NAMED)
                                    .map(ids -> ids.at().table() + "."
                                            + place(ids.at().path(), ids.at().part()) + " ("
                                            + counted(ids.values(), ids.estimated()) + ")")
                                    .collect(Collectors.joining(", "))
                            + (more > 0 ? " and " + Numbers.count(more) + " more" : "") + "."));
        }
    }

    private static void section(List<String> lines, String title, List<String> content) {
        if (!content.isEmpty()) {
            lines.add("");
            lines.add(title + ":");
            lines.addAll(content);
        }
    }

    private static List<String> tables(List<TableStatistics> tables) {
        boolean unmappable = tables.stream().anyMatch(table -> table.counted().unmappable() > 0);
        // A report of an earlier release does not say it.
        boolean ids = tables.stream().anyMatch(table -> table.ids().isPresent());
        var columns = new Columns(cells(
                unmappable,
                List.of("level", "table", "records", "excluded", "unmappable"),
                sizes(ids, "ids", "bytes", "written", "largest")));
        var after = new ArrayList<>(List.of("after"));
        for (var table : tables) {
            var counted = table.counted();
            var sizes = table.volume().targetSizes();
            columns.row(cells(
                    unmappable,
                    List.of(
                            "" + table.position().level(),
                            table.table().value(),
                            Numbers.count(counted.records()),
                            Numbers.count(counted.filtered()),
                            Numbers.count(counted.unmappable())),
                    sizes(
                            ids,
                            table.ids().map(TableStatistics.Ids::words).orElse(""),
                            Numbers.count(table.volume().bytes()),
                            Numbers.count(table.volume().targetBytes()),
                            sizes.map(some -> Numbers.count(some.max())).orElse(""))));
            after.add(because(table.position().because()));
        }
        return columns.besideIfItFits(after, Wrapping.COLUMNS, true);
    }

    /** The line is long as it is: its last count stands there only if a table has any. */
    private static String[] cells(boolean unmappable, List<String> counts, List<String> sizes) {
        return Stream.concat(counts.stream().limit(unmappable ? counts.size() : counts.size() - 1), sizes.stream())
                .toArray(String[]::new);
    }

    /** The first cell stands there only if a table says something in it. */
    private static List<String> sizes(boolean withFirst, String... cells) {
        return List.of(cells).subList(withFirst ? 0 : 1, cells.length);
    }

    private static String because(List<Because> references) {
        return references.stream().map(one -> one.table().value()).distinct().collect(Collectors.joining(", "));
    }

    private static List<String> mixed(List<TableStatistics> tables) {
        var all = tables.stream()
                .flatMap(table -> table.content().attributes().stream()
                        .filter(SurveyText::isMixed)
                        .map(attribute -> table.table().value() + "." + mixed(attribute)))
                .toList();
        var lines = new ArrayList<>(all.stream().limit(MIXED_SHOWN).toList());
        more(lines, all.size() - MIXED_SHOWN, "attribute");
        return lines;
    }

    /** Null is no type of its own: an attribute that may be null is not mixed. */
    private static boolean isMixed(Attribute attribute) {
        return attribute.types().keySet().stream()
                        .filter(type -> !type.equals("NULL"))
                        .count()
                > 1;
    }

    private static String mixed(Attribute attribute) {
        var types =
                attribute.types().entrySet().stream().map(type -> Numbers.count(type.getValue()) + " " + type.getKey());
        var missing = Stream.of(attribute.missing())
                .filter(count -> count > 0)
                .map(count -> Numbers.count(count) + " without");
        return attribute.name() + ": " + Stream.concat(types, missing).collect(Collectors.joining(", "));
    }

    private static List<String> references(List<ReferenceStatistics> references) {
        if (references.isEmpty()) {
            return List.of();
        }
        var columns = new Columns("table", "attribute", "to", "values", "distinct", "empty", "orphans", "excluded");
        references.forEach(one -> columns.row(
                one.declared().table().value(),
                one.declared().path(),
                one.declared().family().value(),
                Numbers.count(one.counted().values()),
                Numbers.count(one.counted().distinct()),
                Numbers.count(one.counted().empty()),
                Numbers.count(one.counted().orphans()),
                Numbers.count(one.counted().outsideFilter())));
        return columns.lines();
    }

    private static String counted(long number, boolean estimated) {
        return (estimated ? "about " : "") + Numbers.count(number);
    }

    private static List<String> undeclared(List<Undeclared> all) {
        var sure = all.stream().filter(one -> one.evidence() != Evidence.WEAK).toList();
        var lines = new ArrayList<String>();
        if (!sure.isEmpty()) {
            var columns = new Columns("table", "attribute", "ids of", "values", "match", "distinct", "evidence");
            sure.stream()
                    .limit(IDS_SHOWN)
                    .forEach(one -> columns.row(
                            one.at().table().value(),
                            place(one.at().path(), one.at().part()),
                            one.at().family().value(),
                            counted(one.counted().values(), one.estimated()),
                            counted(one.counted().matched(), one.estimated()),
                            counted(one.counted().distinct(), one.estimated()),
                            one.evidence().word() + (one.changes() ? "" : ", ids stay")));
            lines.addAll(columns.lines());
            more(lines, sure.size() - IDS_SHOWN, "place");
        }
        if (all.size() > sure.size()) {
            int weak = all.size() - sure.size();
            lines.add((weak < IdsFound.MOST_WEAK
                            ? Numbers.count(weak, "more place")
                            : "More than " + Numbers.count(IdsFound.MOST_WEAK - 1, "place"))
                    + " with short values that match ids, possibly by accident: see the report.");
        }
        return lines;
    }

    private static String place(String path, int part) {
        return part == 0 ? path : path + ", part " + part;
    }

    private static List<String> forecast(Forecast forecast) {
        long indexes = forecast.tables().stream()
                .mapToLong(Forecast.OfTable::indexWriteUnits)
                .sum();
        var price = forecast.price();
        return Stream.of(
                        Wrapping.lines(
                                "units         ",
                                Numbers.count(forecast.consumption().writeUnits()) + " write"
                                        + (indexes == 0 ? "" : " (" + Numbers.count(indexes) + " of them for indexes)")
                                        + ", "
                                        + forecast.consumption()
                                                .replicaWriteUnits()
                                                .map(units -> Numbers.count(units) + " write of replicas, ")
                                                .orElse("")
                                        + Numbers.count(forecast.consumption().readUnits()) + " read"),
                        Wrapping.lines(
                                "requests      ",
                                Numbers.count(forecast.consumption().objectWrites()) + " writes and "
                                        + Numbers.count(forecast.consumption().objectReads()) + " reads of S3, "
                                        + Numbers.count(forecast.consumption().stateTransitions(), "state transition")
                                        + ", "
                                        + Numbers.count(forecast.consumption().invocations(), "invocation") + " of "
                                        + Numbers.count(forecast.consumption().functionSeconds()) + " s together"),
                        Wrapping.lines(
                                "price         ",
                                dollars(price.total()) + " (" + dollars(price.writes()) + " writes, "
                                        + dollars(price.reads()) + " reads, " + dollars(price.objects()) + " S3, "
                                        + dollars(price.transitions()) + " transitions, " + dollars(price.functions())
                                        + " functions), list prices of "
                                        + price.list().region() + " of "
                                        + price.list().pricesOf()),
                        Wrapping.lines(
                                "time          ",
                                "about " + Numbers.duration(Duration.ofSeconds(forecast.seconds()))
                                        + " on AWS, limited by " + forecast.limitedBy()))
                .flatMap(List::stream)
                .toList();
    }

    /** Small amounts with two digits that mean something. */
    private static String dollars(double amount) {
        if (amount >= 1) {
            return String.format(Locale.ROOT, "$%,.2f", amount);
        }
        return amount < 0.00005 ? "$0" : String.format(Locale.ROOT, "$%.4f", amount);
    }

    private static void more(List<String> lines, int left, String noun) {
        if (left > 0) {
            lines.add(Wording.count(left, "more " + noun) + " in the report and in --json.");
        }
    }
}
