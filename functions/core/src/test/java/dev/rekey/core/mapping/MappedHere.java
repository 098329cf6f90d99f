package dev.rekey.core.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TypedJson;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A program that maps all records of the golden files and prints what becomes of each. It brings maps and sets into
 * another order first, as a store may: by the seed that is its argument.
 */
final class MappedHere {
    private static final Path CASES = Path.of("src/test/resources/mapping");
    private static final ObjectMapper JSON = new ObjectMapper(TypedJson.factory());
    private final Random order;

    private MappedHere(long seed) {
        this.order = new Random(seed);
    }

    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        lines(Long.parseLong(args[0])).forEach(out::println);
    }

    /** A line for each case. */
    static List<String> lines(long seed) {
        var here = new MappedHere(seed);
        try (var files = Files.list(CASES)) {
            return files.sorted().flatMap(here::mapped).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String> mapped(Path file) {
        try {
            var lines = new ArrayList<String>();
            for (var one : JSON.readTree(Files.readString(file))) {
                lines.add(one.get("name").asText() + ": " + outcome(one));
            }
            return lines.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A set has no order, so a digest stands for the bytes of the item. */
    private String outcome(JsonNode one) {
        var record = shuffled(TypedJson.parse(one.get("record").toString()));
        var mapping = new CompactPlan(one.get("plan")).mapping();
        return switch (mapping.map(record)) {
            case MappingOutcome.Mapped(var item) -> RecordDigest.of(item) + " " + mapping.references(record);
            case MappingOutcome.FilteredOut _ -> "filtered out";
            case MappingOutcome.MergedAway _ -> "merged away";
            case MappingOutcome.Unmappable unmappable -> unmappable.toString();
        };
    }

    private Map<String, AttributeValue> shuffled(Map<String, AttributeValue> map) {
        var names = new ArrayList<>(map.keySet());
        Collections.shuffle(names, order);
        var shuffled = new LinkedHashMap<String, AttributeValue>();
        names.forEach(name -> shuffled.put(name, shuffled(map.get(name))));
        return shuffled;
    }

    private AttributeValue shuffled(AttributeValue value) {
        return switch (value.type()) {
            case M -> AttributeValue.fromM(shuffled(value.m()));
            case L ->
                AttributeValue.fromL(value.l().stream().map(this::shuffled).toList());
            case SS -> AttributeValue.fromSs(inAnyOrder(value.ss()));
            case NS -> AttributeValue.fromNs(inAnyOrder(value.ns()));
            case BS -> AttributeValue.fromBs(inAnyOrder(value.bs()));
            case S, N, B, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> value;
        };
    }

    private <T> List<T> inAnyOrder(List<T> set) {
        var shuffled = new ArrayList<>(set);
        Collections.shuffle(shuffled, order);
        return shuffled;
    }
}
