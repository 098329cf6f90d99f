package dev.rekey.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.format.Reading.Item;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.CellType;
import dev.rekey.core.plan.FileFormat;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records of all types, written as the page of formats says, are read as they were. */
class GeneratedRecordsTest {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            " a ",
            "\"",
            "a\"b",
            ",",
            ";",
            "\n",
            "\r\n",
            "\r",
            "\\N",
            "\\",
            "é",
            "𝄞",
            "{\"S\":\"x\"}",
            "=1+1",
            "\u0000",
            "\uFEFF");
    private static final List<String> NUMBERS =
            List.of("0", "-1", "1.5", "99999999999999999999999999999999999999", "1E-130", "9.9E+125", "-1E-130");
    private static final List<byte[]> BYTES = List.of(new byte[0], new byte[] {0}, new byte[] {-1, 0, 10, 34});
    /** Column by its type; what has several types is written with them. */
    private static final List<CellType> COLUMNS = List.of(CellType.values());

    private final Random random = new Random(20261124);

    @Test
    void cellsKeepRecordsOfAllTypes() throws UnreadableException {
        for (char separator : new char[] {',', ';', '\t', '|'}) {
            var records = records(1_000);
            var lines = new ArrayList<String>();
            lines.add(COLUMNS.stream().map(CellType::name).collect(Collectors.joining("" + separator)) + separator
                    + "id");
            records.forEach(record -> lines.add(COLUMNS.stream()
                            .map(type -> cell(type, Optional.ofNullable(record.get(type.name()))))
                            .collect(Collectors.joining("" + separator))
                    + separator
                    + quoted(record.get("id").s())));
            assertSame(read(options(FileFormat.CSV, separator), String.join("\r\n", lines)), records);
        }
    }

    @Test
    void itemsOfDynamoDbKeepRecordsOfAllTypes() throws UnreadableException {
        var records = records(1_000);
        var options = FormatOptions.of(FileFormat.DYNAMODB);
        assertSame(read(options, lines(records, "{\"Item\":", "}")), records);
        assertSame(read(options, lines(records, "", "")), records);
    }

    private static String lines(List<Map<String, AttributeValue>> records, String before, String after) {
        return records.stream()
                .map(record -> before + TypedJson.text(record) + after + "\n")
                .collect(Collectors.joining());
    }

    private static void assertSame(List<Map<String, AttributeValue>> read, List<Map<String, AttributeValue>> written) {
        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < read.size(); i++) {
            assertThat(SameContent.same(read.get(i), written.get(i)))
                    .as("%s read as %s", written.get(i), read.get(i))
                    .isTrue();
        }
    }

    private static FormatOptions options(FileFormat format, char separator) {
        var types = new HashMap<ReferencePath, CellType>();
        COLUMNS.forEach(type -> types.put(new ReferencePath(type.name(), List.of(new Field(type.name()))), type));
        return new FormatOptions(format, separator, Map.of(), types, Map.of(), Set.of());
    }

    private static List<Map<String, AttributeValue>> read(FormatOptions options, String file)
            throws UnreadableException {
        var format = RecordFormat.of(options);
        var bytes = file.getBytes(StandardCharsets.UTF_8);
        var splitter = new RecordSplitter(format.framing(), 0, 1);
        var records = splitter.add(bytes, 0, bytes.length);
        splitter.end().ifPresent(records::add);
        var reader = format.reader(format.hasHeader() ? Optional.of(records.removeFirst()) : Optional.empty());
        var items = new ArrayList<Map<String, AttributeValue>>();
        for (var record : records) {
            assertThat(reader.read(record)).isInstanceOfSatisfying(Item.class, item -> items.add(item.attributes()));
        }
        return items;
    }

    private static String cell(CellType type, Optional<AttributeValue> value) {
        if (value.isEmpty()) {
            return "";
        }
        var one = value.get();
        if (one.nul() != null && type != CellType.ANY) {
            return "\\N";
        }
        return quoted(
                switch (type) {
                    case S -> one.s();
                    case N -> one.n();
                    case BOOL -> one.bool().toString();
                    case B -> base64(one.b());
                    case SS, NS, BS -> elements(TypedJson.valueText(one));
                    case L -> plain(one);
                    case M -> plain(one);
                    case ANY -> TypedJson.valueText(one);
                });
    }

    /** The list in {@code {"SS":[…]}}. */
    private static String elements(String set) {
        return set.substring(set.indexOf('['), set.length() - 1);
    }

    /** Of lists, maps and texts: the JSON that says the same without types. */
    private static String plain(AttributeValue value) {
        return switch (value.type()) {
            case L -> value.l().stream().map(GeneratedRecordsTest::plain).collect(Collectors.joining(",", "[", "]"));
            case M ->
                value.m().entrySet().stream()
                        .map(one -> text(one.getKey()) + ":" + plain(one.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case N -> value.n();
            case BOOL -> value.bool().toString();
            case NUL -> "null";
            default -> text(value.s());
        };
    }

    private static String text(String text) {
        var typed = TypedJson.valueText(AttributeValue.fromS(text));
        return typed.substring("{\"S\":".length(), typed.length() - 1);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArray());
    }

    private List<Map<String, AttributeValue>> records(int count) {
        var records = new ArrayList<Map<String, AttributeValue>>();
        for (int i = 0; i < count; i++) {
            var record = new TreeMap<String, AttributeValue>();
            record.put("id", AttributeValue.fromS("r" + i));
            for (var type : COLUMNS) {
                switch (random.nextInt(6)) {
                    case 0 -> {}
                    case 1 -> record.put(type.name(), AttributeValue.fromNul(true));
                    default -> record.put(type.name(), value(type, type == CellType.ANY, 3));
                }
            }
            records.add(record);
        }
        return records;
    }

    /** @param typed whether sets and binaries may be in it, which plain JSON has no form for */
    private AttributeValue value(CellType type, boolean typed, int depth) {
        return switch (type) {
            case S -> AttributeValue.fromS(one(TEXTS) + one(TEXTS));
            case N -> AttributeValue.fromN(one(NUMBERS));
            case BOOL -> AttributeValue.fromBool(random.nextBoolean());
            case B -> AttributeValue.fromB(SdkBytes.fromByteArray(one(BYTES)));
            case SS -> AttributeValue.fromSs(some(TEXTS));
            case NS -> AttributeValue.fromNs(some(NUMBERS));
            case BS ->
                AttributeValue.fromBs(
                        some(BYTES).stream().map(SdkBytes::fromByteArray).toList());
            case L ->
                AttributeValue.fromL(
                        List.of(inner(typed, depth), inner(typed, depth)).subList(0, random.nextInt(3)));
            case M ->
                random.nextInt(4) == 0
                        ? AttributeValue.fromM(Map.of())
                        : AttributeValue.fromM(Map.of("k" + one(TEXTS), inner(typed, depth)));
            case ANY -> inner(true, depth);
        };
    }

    private AttributeValue inner(boolean typed, int depth) {
        var types = typed
                ? List.of(
                        CellType.S,
                        CellType.N,
                        CellType.BOOL,
                        CellType.B,
                        CellType.SS,
                        CellType.NS,
                        CellType.BS,
                        CellType.L,
                        CellType.M)
                : List.of(CellType.S, CellType.N, CellType.BOOL, CellType.L, CellType.M);
        return random.nextInt(8) == 0
                ? AttributeValue.fromNul(true)
                : value(types.get(random.nextInt(depth == 0 ? 3 : types.size())), typed, depth - 1);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> List<T> some(List<T> of) {
        int from = random.nextInt(of.size());
        return of.subList(from, from + 1 + random.nextInt(of.size() - from));
    }
}
