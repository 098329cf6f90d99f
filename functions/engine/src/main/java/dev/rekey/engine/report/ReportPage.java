package dev.rekey.engine.report;

import dev.rekey.engine.ledger.Ledger;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.report.RunReport.OfTable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A report as one self-contained HTML page: no network, no script. */
final class ReportPage {
    private static final String STYLE = """
        :root{color-scheme:light dark;--line:#8884;--soft:#8882;--good:#18794e;--bad:#c62a2f;--bar:#3e63dd}
        body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
        .verdict{border-left:.4rem solid var(--good);padding:.7rem 1rem;background:var(--soft);margin:1rem 0}
        .verdict.bad{border-color:var(--bad)}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0}dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{padding:.3rem .6rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
        th:first-child,td:first-child,td.text,th.text{text-align:left}td.text{white-space:normal;overflow-wrap:anywhere}
        .bar{display:inline-block;height:.7rem;background:var(--bar);border-radius:.2rem;vertical-align:middle}
        code{font-size:.9em}@media print{body{margin:0;max-width:none}}
        """;

    private ReportPage() {}

    static String of(RunReport report) {
        var title = "Rekey: " + report.action() + " " + report.plan().value();
        var bad = report.error().isPresent()
                || report.verdict().filter("not ready"::equals).isPresent();
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>%s</title><style>%s</style></head><body><main>
            <h1>%s</h1>
            <p class="verdict%s"><strong>%s</strong><br>%s</p>
            %s%s%s%s%s
            </main></body></html>
            """.formatted(
                        text(title),
                        STYLE,
                        text(title),
                        bad ? " bad" : "",
                        text(report.verdict().orElse(bad ? "failed" : report.outcome())),
                        text(report.message()),
                        facts(report),
                        verification(report),
                        problems(report),
                        tables(report),
                        drift(report));
    }

    private static String facts(RunReport report) {
        var took = Duration.between(report.startedAt(), report.endedAt()).truncatedTo(ChronoUnit.MILLIS);
        return "<dl><dt>Run</dt><dd><code>" + text(report.run().value()) + "</code></dd><dt>Plan</dt><dd>"
                + text(report.plan().value()) + " <code>"
                + text(report.fingerprint().hex()) + "</code></dd>"
                + "<dt>Started</dt><dd>" + report.startedAt() + "</dd><dt>Ended</dt><dd>" + report.endedAt() + " ("
                + text(took.toString().substring(2).toLowerCase(java.util.Locale.ROOT)) + ")</dd>"
                + report.ledger().map(ReportPage::ledger).orElse("") + "</dl>";
    }

    private static String ledger(Ledger.Head head) {
        return "<dt>Ledger</dt><dd>entry " + head.entries() + " <code>" + text(head.hash()) + "</code></dd>";
    }

    private static String verification(RunReport report) {
        if (report.verification().isEmpty()) {
            return "";
        }
        return "<h2>Verification</h2>"
                + table(
                        List.of("verdict", "records"),
                        report.verification().entrySet().stream()
                                .map(one -> List.of(text(one.getKey()), number(one.getValue())))
                                .toList())
                + differences(report);
    }

    private static String differences(RunReport report) {
        if (report.differences().isEmpty()) {
            return "";
        }
        return "<h2>Differences</h2>"
                + table(
                        List.of("table", "verdict", "record", "attributes"),
                        report.differences().stream()
                                .map(one -> List.of(
                                        text(one.table().value()),
                                        text(one.verdict()),
                                        text(one.record()),
                                        text(String.join(", ", one.attributes()))))
                                .toList());
    }

    private static String problems(RunReport report) {
        if (report.problems().isEmpty()) {
            return "";
        }
        return "<h2>Problems</h2><div class=scroll><table><thead><tr><th>severity<th class=text>where<th"
                + " class=text>what<th class=text>what to do</thead><tbody>"
                + report.problems().stream()
                        .map(problem -> "<tr><td>"
                                + text(problem.severity().name().toLowerCase(java.util.Locale.ROOT))
                                + "<td class=text><code>" + text(problem.path()) + "</code><td class=text>"
                                + text(problem.message()) + " <code>" + text(problem.id()) + "</code><td class=text>"
                                + text(problem.hint()))
                        .collect(Collectors.joining())
                + "</tbody></table></div>";
    }

    private static String tables(RunReport report) {
        if (report.tables().isEmpty()) {
            return "";
        }
        var names = new TreeSet<String>();
        report.tables().values().forEach(table -> names.addAll(table.counts().keySet()));
        long most = report.tables().values().stream()
                .mapToLong(ReportPage::size)
                .max()
                .orElse(1);
        var header = new java.util.ArrayList<>(List.of("table", "level"));
        header.addAll(names);
        header.add("");
        return "<h2>Tables</h2>"
                + table(
                        header,
                        report.tables().entrySet().stream()
                                .sorted(Map.Entry.<TableName, OfTable>comparingByValue(
                                                java.util.Comparator.comparingInt(OfTable::level))
                                        .thenComparing(Map.Entry.comparingByKey()))
                                .map(one -> row(one.getKey(), one.getValue(), names, most))
                                .toList());
    }

    private static List<String> row(TableName name, OfTable table, Set<String> names, long most) {
        var cells = new java.util.ArrayList<String>();
        cells.add(text(name.value()));
        cells.add(String.valueOf(table.level()));
        names.forEach(count -> cells.add(number(table.counts().getOrDefault(count, 0L))));
        cells.add("<span class=bar style=\"width:%.2frem\"></span>".formatted(8.0 * size(table) / Math.max(1, most)));
        return cells;
    }

    private static long size(OfTable table) {
        return table.counts().entrySet().stream()
                .filter(count ->
                        !count.getKey().toLowerCase(java.util.Locale.ROOT).endsWith("bytes"))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    private static String drift(RunReport report) {
        if (report.drift().isEmpty()) {
            return "";
        }
        return "<h2>Drift: changed by somebody else, left as it is</h2>"
                + table(
                        List.of("record"),
                        report.drift().stream().map(key -> List.of(text(key))).toList());
    }

    private static String table(List<String> header, List<List<String>> rows) {
        return "<div class=scroll><table><thead><tr><th>" + String.join("<th>", header) + "</thead><tbody>"
                + rows.stream()
                        .map(row -> "<tr><td>" + String.join("<td>", row))
                        .collect(Collectors.joining())
                + "</tbody></table></div>";
    }

    private static String number(long value) {
        return String.format(java.util.Locale.ROOT, "%,d", value);
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
