package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.Tables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Workers that lose records, and workers that tell losses and others' work apart wrongly, made as {@link BrokenRules} are. */
final class BrokenVerdicts {
    private static final Map<String, String> LATE_FOR_MISSING = Map.of(
            "\"MISSING\":",
            "\"LATE\":",
            "\"missing\":",
            "\"late\":",
            "\"verdict\":\"missing\"",
            "\"verdict\":\"late\"");

    private static final Map<String, String> DRIFTED_FOR_ALTERED = Map.of(
            "\"ALTERED\":",
            "\"DRIFTED\":",
            "\"altered\":",
            "\"drifted\":",
            "\"verdict\":\"altered\"",
            "\"verdict\":\"drifted\"");

    private BrokenVerdicts() {}

    /** A copy passes over the last record of each page. */
    static Rules lostRecords() {
        return (worker, objects, tables) -> worker.work().kind() == Platform.Kind.COPY
                ? new Rules.Stores(objects, losing(tables))
                : Rules.KEPT.with(worker, objects, tables);
    }

    private static Tables losing(Tables tables) {
        return new ForwardingTables(tables) {
            @Override
            public Scanned scan(Scan scan) {
                return withoutLast(super.scan(scan));
            }

            @Override
            public Scanned query(Query query) {
                return withoutLast(super.query(query));
            }
        };
    }

    private static Tables.Scanned withoutLast(Tables.Scanned page) {
        int left = Math.max(0, page.items().size() - 1);
        return new Tables.Scanned(page.items().subList(0, left), page.next(), page.units());
    }

    /** Records are lost, and a verification calls every missing record late. */
    static Rules lostRecordsAreLate() {
        return writing(lostRecords(), BrokenVerdicts::late);
    }

    /** Records are lost, and the analysis lists nothing as read, so that nobody can know that they were there. */
    static Rules nothingIsRead() {
        return writing(lostRecords(), BrokenVerdicts::unread);
    }

    /** A copy takes the place of every second number for taken, and leaves the number out. */
    static Rules freePlacesAreTaken() {
        return (worker, objects, tables) -> worker.work().kind() == Platform.Kind.COPY
                ? new Rules.Stores(objects, taken(tables))
                : Rules.KEPT.with(worker, objects, tables);
    }

    private static Tables taken(Tables tables) {
        return new ForwardingTables(tables) {
            @Override
            public ReadAnswer read(PhysicalTable table, List<Key> keys) {
                var answer = super.read(table, keys);
                if (!table.name().equals("dst-Numbers")) {
                    return answer;
                }
                var items = new ArrayList<>(answer.items());
                var free = new ArrayList<>(keys);
                free.removeAll(answer.unprocessed());
                answer.items()
                        .forEach(item -> free.removeIf(key ->
                                item.entrySet().containsAll(key.attributes().entrySet())));
                free.stream()
                        .filter(key -> key.attributes().toString().hashCode() % 2 == 0)
                        .map(BrokenVerdicts::stranger)
                        .forEach(items::add);
                return new ReadAnswer(items, answer.unprocessed(), answer.units());
            }
        };
    }

    private static Map<String, AttributeValue> stranger(Key key) {
        var item = new HashMap<>(key.attributes());
        item.put("v", AttributeValue.fromS("nobody wrote this"));
        return item;
    }

    /** A copy reads people whom the plan cannot map, and the analysis lists nothing as read: they pass as late. */
    static Rules analyzedIsLate() {
        Rules damaged = (worker, objects, tables) -> worker.work().kind() == Platform.Kind.COPY
                ? new Rules.Stores(objects, damaging(tables))
                : Rules.KEPT.with(worker, objects, tables);
        return writing(damaged, BrokenVerdicts::unread);
    }

    private static Tables damaging(Tables tables) {
        return new ForwardingTables(tables) {
            @Override
            public Scanned scan(Scan scan) {
                var page = super.scan(scan);
                return scan.table().name().equals("src-People")
                        ? new Scanned(
                                page.items().stream()
                                        .map(BrokenVerdicts::damaged)
                                        .toList(),
                                page.next(),
                                page.units())
                        : page;
            }
        };
    }

    private static Map<String, AttributeValue> damaged(Map<String, AttributeValue> record) {
        var damaged = new HashMap<>(record);
        damaged.put("managerId", AttributeValue.fromBool(true));
        return damaged;
    }

    /** What is our failure by the log is passed off as drift. */
    static Rules alteredIsDrift() {
        return writing(Rules.KEPT, (key, content) -> named(DRIFTED_FOR_ALTERED, key, content));
    }

    /** A verification says nothing of what others did. */
    static Rules othersAreNotNamed() {
        return writing(Rules.KEPT, BrokenVerdicts::unnamed);
    }

    /** What a put object holds in the place of what it should hold. */
    @FunctionalInterface
    private interface Change {
        byte[] of(String key, byte[] content);
    }

    private static Rules writing(Rules rules, Change change) {
        return (worker, objects, tables) -> {
            var changed = new Passing(objects) {
                @Override
                public void put(ObjectKey key, byte[] content) {
                    super.put(key, change.of(key.name(), content));
                }

                @Override
                public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
                    return super.replace(key, change.of(key.name(), content), version);
                }
            };
            return rules.with(worker, changed, tables);
        };
    }

    private static byte[] late(String key, byte[] content) {
        return named(LATE_FOR_MISSING, key, content);
    }

    private static byte[] named(Map<String, String> words, String key, byte[] content) {
        boolean counts = key.contains("/checkpoints/verify") || key.contains("/matches/verify");
        if (key.contains("/differences/")) {
            return lines(content, text -> named(words, text));
        }
        return counts ? bytes(named(words, text(content))) : content;
    }

    private static String named(Map<String, String> words, String json) {
        var text = json;
        for (var word : words.entrySet()) {
            text = text.replace(word.getKey(), word.getValue());
        }
        return text;
    }

    private static byte[] unread(String key, byte[] content) {
        return key.contains("/joins/analyze/")
                ? lines(
                        content,
                        text -> text.lines()
                                .filter(line -> !line.startsWith("[\"READ\""))
                                .map(line -> line + "\n")
                                .collect(Collectors.joining()))
                : content;
    }

    private static byte[] unnamed(String key, byte[] content) {
        return key.contains("/differences/") && key.contains("/notes/") ? lines(content, _ -> "") : content;
    }

    /** Lines that are changed. */
    static byte[] lines(byte[] gzipped, UnaryOperator<String> change) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
            var bytes = new ByteArrayOutputStream();
            try (var out = new GZIPOutputStream(bytes)) {
                out.write(bytes(change.apply(text(in.readAllBytes()))));
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
