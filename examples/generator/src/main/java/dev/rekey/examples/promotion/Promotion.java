package dev.rekey.examples.promotion;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The data of one staging environment. */
final class Promotion {
    private static final List<Kind> KINDS = Stream.of(Foundations.kinds(), Correspondence.kinds(), Works.kinds())
            .flatMap(kinds -> kinds)
            .toList();
    private static final Map<String, Kind> BY_NAME =
            KINDS.stream().collect(Collectors.toMap(Kind::name, Function.identity()));

    private final Map<String, Integer> counts;
    private final Identities identities;
    private final Words words;

    /** @param numberOfRecords at least one for each table */
    Promotion(long seed, int numberOfRecords) {
        counts = shares(numberOfRecords);
        identities = new Identities(seed, counts);
        words = Words.of(seed);
    }

    static List<ExampleTable> tables() {
        return KINDS.stream().map(Kind::table).toList();
    }

    /** Table by table, in the order of {@link #tables()}. */
    Stream<ExampleRecord> records() {
        return KINDS.stream()
                .flatMap(kind -> IntStream.range(0, counts.get(kind.name()))
                        .mapToObj(index -> new ExampleRecord(
                                kind.name(), draft(kind, index).item())));
    }

    /** As {@link ExampleData#newQuote} says. */
    List<ExampleRecord> newQuote() {
        return List.of(
                newcomer("Contacts", Map.of()),
                newcomer("Properties", Map.of()),
                newcomer(
                        "Requests",
                        Map.of(
                                "agentContactId",
                                "Contacts",
                                "homeownerContactId",
                                "Contacts",
                                "addressId",
                                "Properties")),
                newcomer(
                        "Projects",
                        Map.of("homeownerContactId", "Contacts", "addressId", "Properties", "requestId", "Requests")),
                newcomer("Quotes", Map.of("projectId", "Projects", "homeownerContactId", "Contacts")));
    }

    /** The record after the last of its table; {@code references} go to the newcomers of other tables. */
    private ExampleRecord newcomer(String table, Map<String, String> references) {
        var draft = draft(BY_NAME.get(table), counts.get(table));
        references.forEach((attribute, other) -> draft.text(attribute, draft.id(other, counts.get(other))));
        return new ExampleRecord(table, draft.item());
    }

    private RecordBuilder draft(Kind kind, int index) {
        return kind.write(new RecordBuilder(identities, words, kind.name(), index));
    }

    /** One record for each table, the others by weight, what rounding leaves to the last table. */
    private static Map<String, Integer> shares(int numberOfRecords) {
        if (numberOfRecords < KINDS.size()) {
            throw new IllegalArgumentException("there are " + KINDS.size() + " tables, so " + numberOfRecords
                    + " records are too few for one in each");
        }
        var weights = KINDS.stream().mapToLong(Kind::weight).sum();
        var toShare = numberOfRecords - KINDS.size();
        var shares = new LinkedHashMap<String, Integer>();
        KINDS.forEach(kind -> shares.put(kind.name(), 1 + (int) (kind.weight() * (long) toShare / weights)));
        var shared = shares.values().stream().mapToInt(Integer::intValue).sum();
        shares.merge(KINDS.getLast().name(), numberOfRecords - shared, Integer::sum);
        return shares;
    }
}
