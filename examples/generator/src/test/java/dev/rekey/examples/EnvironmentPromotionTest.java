package dev.rekey.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.examples.promotion.ExampleData;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class EnvironmentPromotionTest {
    private static final long SEED = 42;
    private static final Map<String, ExampleTable> TABLES = ExampleData.environmentPromotionTables().stream()
            .collect(Collectors.toMap(ExampleTable::name, Function.identity()));
    private static final ExamplePlan PLAN = ExamplePlan.of("environment-promotion");

    @Test
    void thePlanHasTheTablesOfTheData() {
        assertThat(TABLES).hasSize(35);
        assertThat(PLAN.references().keySet())
                .containsExactlyElementsOf(ExampleData.environmentPromotionTables().stream()
                        .map(ExampleTable::name)
                        .toList());
    }

    @Test
    void thePlanHasTheLevelsOfTheDocument() {
        var levels = PLAN.levels();
        assertThat(levels).extracting(Set::size).containsExactly(15, 12, 2, 5, 1);
        assertThat(levels.get(0)).contains("Properties", "Contacts", "NotificationTemplate", "BackOfficeProducts");
        assertThat(levels.get(1)).contains("ContactUs", "Requests", "Affiliates", "Legal", "NotificationEvents");
        assertThat(levels.get(2)).containsExactlyInAnyOrder("Projects", "PendingAppoitments");
        assertThat(levels.get(3)).contains("Quotes", "ProjectPermissions");
        assertThat(levels.get(4)).containsExactly("QuoteItems");
    }

    @ParameterizedTest
    @ValueSource(ints = {35, 36, 100, 3_000})
    void everyReferenceNamesARecordAndNoKeyComesTwice(int count) {
        var records = ExampleData.environmentPromotion(SEED, count).toList();
        assertThat(records).hasSize(count);
        assertThat(records.stream().map(ExampleRecord::table)).containsAll(TABLES.keySet());
        assertThat(records.stream().map(record -> record.table() + key(record))).doesNotHaveDuplicates();
        assertThat(orphans(records, List.of())).isEmpty();
    }

    @Test
    void everyReferenceOfThePlanIsUsed() {
        var used = new HashSet<String>();
        ExampleData.environmentPromotion(SEED, 3_000)
                .forEach(record -> PLAN.references()
                        .get(record.table())
                        .keySet()
                        .forEach(path -> {
                            if (ReferencedIds.at(path, record.item()).findAny().isPresent()) {
                                used.add(record.table() + "." + path);
                            }
                        }));
        var declared = PLAN.references().entrySet().stream()
                .flatMap(table -> table.getValue().keySet().stream().map(path -> table.getKey() + "." + path));
        assertThat(used).containsExactlyInAnyOrderElementsOf(declared.toList());
    }

    @Test
    void theSameSeedGivesTheSameRecords() {
        assertThat(ExampleData.environmentPromotion(SEED, 500).toList())
                .isEqualTo(ExampleData.environmentPromotion(SEED, 500).toList())
                .isNotEqualTo(ExampleData.environmentPromotion(SEED + 1, 500).toList());
    }

    @Test
    void everyTypeOfAttributeOccurs() {
        var values = ExampleData.environmentPromotion(SEED, 500)
                .flatMap(record -> record.item().values().stream())
                .toList();
        assertThat(values.stream().map(AttributeValue::type).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(AttributeValue.Type.UNKNOWN_TO_SDK_VERSION)));
        assertThat(values).contains(AttributeValue.fromS(""));
        assertThat(values).anyMatch(value -> value.n() != null && value.n().length() == 38);
    }

    @Test
    void recordsAreOfAUsualSize() {
        var bytes = ExampleData.environmentPromotion(SEED, 2_000)
                .mapToInt(record -> size(record.item()))
                .summaryStatistics();
        assertThat(bytes.getAverage()).isBetween(350.0, 1_000.0);
        assertThat(bytes.getMax()).isLessThan(2_500);
    }

    @Test
    void aNewQuoteIsValidAndNewWithWhatItRefersTo() {
        var there = ExampleData.environmentPromotion(SEED, 200).toList();
        var added = ExampleData.newQuote(SEED, 200);
        assertThat(added.getLast().table()).isEqualTo("Quotes");
        assertThat(orphans(added, there)).isEmpty();
        assertThat(added.stream().map(EnvironmentPromotionTest::key))
                .doesNotContainAnyElementsOf(
                        there.stream().map(EnvironmentPromotionTest::key).toList());
    }

    @Test
    void tooFewRecordsAreRefused() {
        assertThatThrownBy(() -> ExampleData.environmentPromotion(SEED, 34))
                .hasMessage("there are 35 tables, so 34 records are too few for one in each");
    }

    private static List<String> orphans(Collection<ExampleRecord> records, Collection<ExampleRecord> others) {
        var ids = new HashMap<String, Set<String>>();
        Stream.concat(records.stream(), others.stream())
                .filter(record -> record.item().containsKey("id"))
                .forEach(record -> ids.computeIfAbsent(record.table(), table -> new HashSet<>())
                        .add(record.item().get("id").s()));
        return records.stream()
                .flatMap(record -> PLAN.references().get(record.table()).entrySet().stream()
                        .flatMap(reference -> ReferencedIds.at(reference.getKey(), record.item())
                                .filter(id -> !ids.get(reference.getValue()).contains(id))
                                .map(id -> record.table() + "." + reference.getKey() + " " + id)))
                .toList();
    }

    private static String key(ExampleRecord record) {
        var table = TABLES.get(record.table());
        var partition = record.item().get(table.partitionKey().name()).s();
        return table.sortKey()
                .map(sort -> partition + " " + record.item().get(sort.name()).s())
                .orElse(partition);
    }

    private static int size(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + size(entry.getValue()))
                .sum();
    }

    private static int size(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s().length();
            case N -> value.n().length() / 2 + 1;
            case B -> value.b().asByteArrayUnsafe().length;
            case SS -> value.ss().stream().mapToInt(String::length).sum();
            case NS ->
                value.ns().stream().mapToInt(number -> number.length() / 2 + 1).sum();
            case BS ->
                value.bs().stream()
                        .mapToInt(one -> one.asByteArrayUnsafe().length)
                        .sum();
            case L ->
                value.l().stream().mapToInt(EnvironmentPromotionTest::size).sum();
            case M -> size(value.m());
            case BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> 1;
        };
    }
}
