package dev.rekey.engine.page;

import dev.rekey.core.item.TableDigest;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.verify.Change;
import dev.rekey.engine.verify.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What verification says: verdicts, single differences, digests. */
final class VerificationSection {
    private static final int DIGITS = 16;

    private final RunReport report;
    private final Map<Counted, Long> verdicts;

    VerificationSection(RunReport report) {
        this.report = report;
        this.verdicts = report.verified().verification();
    }

    Optional<Map<String, Object>> section() {
        if (verdicts.isEmpty() && report.verified().differences().isEmpty()) {
            return Optional.empty();
        }
        long all = verdicts.values().stream().mapToLong(Long::longValue).sum();
        var parts = Verdicts.COMPARED.stream()
                .filter(one -> one.counted().in(verdicts) > 0)
                .map(one -> one.in(report.mode()).part(one.counted().in(verdicts), all))
                .toList();
        var section = new LinkedHashMap<String, Object>();
        section.put("sentence", sentence());
        section.put("parts", parts);
        section.put("label", parts.stream().map(Part::title).collect(Collectors.joining(", ")));
        section.put(
                "zeros",
                Verdicts.COMPARED.stream()
                        .filter(one -> one.counted().in(verdicts) == 0)
                        .map(Verdicts::name)
                        .collect(Collectors.joining(", ")));
        addDifferences(section);
        return Optional.of(section);
    }

    private String sentence() {
        return switch (report.mode()) {
            case COPY ->
                "Every source record was read and mapped again and compared with its target record. Every target record and every declared reference was accounted for.";
            case IN_PLACE ->
                "Every record was read and mapped again" + (isAllMatched() ? ": nothing more must change" : "")
                        + ". Every logged update and every declared reference was accounted for.";
            case MIXED ->
                "Every record was read and mapped again. Those that are copied were compared with their target records"
                        + (isAllMatched() ? "; of those that are changed in place, nothing more must change" : "")
                        + ". Every target record, every logged update and every declared reference was accounted for.";
        };
    }

    private boolean isAllMatched() {
        return verdicts.entrySet().stream().allMatch(one -> one.getKey() == Counted.MATCHED || one.getValue() == 0);
    }

    private void addDifferences(Map<String, Object> section) {
        var differences = report.verified().differences();
        section.put("hasDifferences", !differences.isEmpty());
        section.put(
                "caption",
                (differences.size() == 1
                                ? "One."
                                : "The first " + Wording.count(differences.size()) + ", failures first.")
                        + " Records with the same difference share a row.");
        var alike = differences.stream()
                .collect(Collectors.groupingBy(
                        VerificationSection::withoutRecord, LinkedHashMap::new, Collectors.toList()));
        section.put("differences", alike.values().stream().map(Alike::of).toList());
        section.put(
                "files",
                report.verified().differenceFiles().stream()
                        .map(key -> Map.of(
                                "all", key, "file", key.replaceFirst(".*/", "").replaceFirst("\\.gz$", "")))
                        .toList());
    }

    private static Difference withoutRecord(Difference one) {
        return new Difference(
                one.verdict(),
                one.table(),
                "",
                one.attributes(),
                one.changes(),
                one.places(),
                one.refersTo(),
                one.onDrift());
    }

    /** Several records with the same difference. */
    record Alike(Difference one, List<String> all, List<Changed> changes) {
        static Alike of(List<Difference> alike) {
            var one = alike.getFirst();
            return new Alike(
                    one,
                    alike.stream()
                            .map(difference -> Formats.key(difference.record()))
                            .toList(),
                    one.changes().isEmpty()
                            ? one.attributes().stream().map(Changed::named).toList()
                            : one.changes().stream().map(Changed::of).toList());
        }

        String word() {
            return one.verdict().word();
        }

        String tone() {
            return Verdicts.tone(Counted.of(word()));
        }

        long count() {
            return all.size();
        }

        String record() {
            return all.getFirst();
        }

        List<String> records() {
            return all.subList(1, all.size());
        }

        boolean hasOthers() {
            return all.size() > 1;
        }

        long others() {
            return all.size() - 1L;
        }

        /** Empty for what is no reference. */
        String refersTo() {
            return one.refersTo()
                    .map(referred -> referred.family() + " " + referred.id().canonical())
                    .orElse("");
        }

        String more() {
            return Formats.more(Math.max(1, one.changes().size()), one.places());
        }
    }

    /** One place of a record. */
    private record Changed(String path, String expected, String found, String note) {
        static Changed named(String attribute) {
            return new Changed(attribute, "", "", "");
        }

        /** Types alone do not tell two values of one type apart. */
        static Changed of(Change change) {
            var expected = change.beforeValue().orElse(change.before());
            var found = change.afterValue().orElse(change.after());
            return expected.equals(found)
                    ? new Changed(change.path(), "", "", found + ", another value")
                    : new Changed(change.path(), expected, found, "");
        }
    }

    /** Of every table that was compared, in order of name; closed, unless some differ. */
    Optional<Map<String, Object>> digests() {
        var rows = report.verified().digests().entrySet().stream()
                .map(one -> new Digests(
                        one.getKey(),
                        Digest.of(one.getValue().get("expected")),
                        Digest.of(one.getValue().get("found")),
                        Digest.of(one.getValue().get("target"))))
                .toList();
        long different = rows.stream().filter(row -> row.tone().equals("bad")).count();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "summary",
                        Wording.count(rows.size(), "table") + ", "
                                + (different == 0 ? "all equal" : Wording.count(different) + " different"),
                        "open",
                        different > 0,
                        "rows",
                        rows));
    }

    /** Of one table. */
    record Digests(TableName table, Digest expected, Digest found, Digest target) {
        String tone() {
            return expected.equals(found) ? "good" : "bad";
        }

        String mark() {
            return expected.equals(found) ? "✓ the same" : "✗ differs";
        }
    }

    /** A digest in full. */
    record Digest(String all) {
        static Digest of(TableDigest digest) {
            return new Digest(digest == null ? "" : digest.text());
        }

        String brief() {
            int colon = all.indexOf(':');
            return colon < DIGITS
                    ? "–"
                    : all.substring(0, DIGITS) + "… of "
                            + Wording.count(Long.parseLong(all.substring(colon + 1)), "record");
        }
    }
}
