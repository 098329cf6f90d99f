package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.store.CanonicalText;
import dev.rekey.engine.store.Interceptor.Call;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares what two stores answer to one request, and counts what was compared. For several threads at once. */
final class Answers {
    private final Map<String, Integer> compared = new ConcurrentHashMap<>();

    /** What a store gave or threw. */
    private sealed interface Answer<T> {
        record Given<T>(T value) implements Answer<T> {}

        record Thrown<T>(StoreException exception) implements Answer<T> {}

        static <T> Answer<T> of(Supplier<T> request) {
            try {
                return new Given<>(request.get());
            } catch (StoreException e) {
                return new Thrown<>(e);
            }
        }
    }

    /**
     * Sends a request to both stores.
     *
     * @param told everything in an answer; the kind of the answer is its first word
     * @return what {@code real} gives
     */
    <S, T> T both(Call call, S real, S memory, Function<S, T> request, Function<T, String> told) {
        var wanted = Answer.of(() -> request.apply(real));
        var found = Answer.of(() -> request.apply(memory));
        var text = text(wanted, told);
        assertThat(text(found, told))
                .as("what the store in memory answers to %s of %s", call.name(), call.on())
                .isEqualTo(text);
        count(call.name() + " " + text.split(" ", 2)[0]);
        return switch (wanted) {
            case Answer.Given<T> given -> given.value();
            case Answer.Thrown<T> thrown -> throw thrown.exception();
        };
    }

    private static <T> String text(Answer<T> answer, Function<T, String> told) {
        return switch (answer) {
            case Answer.Given<T> given -> told.apply(given.value());
            case Answer.Thrown<T> thrown -> "throws " + thrown.exception().kind();
        };
    }

    void count(String kind) {
        compared.merge(kind, 1, Integer::sum);
    }

    /** How many answers were compared, by their kinds. */
    SortedMap<String, Integer> compared() {
        return new TreeMap<>(compared);
    }

    static String told(Tables.WriteOutcome outcome) {
        return switch (outcome) {
            case Tables.WriteOutcome.Done done -> image("Done", done.old()) + " " + done.units();
            case Tables.WriteOutcome.ConditionFailed failed ->
                image("ConditionFailed", failed.found()) + " " + failed.units();
            case Tables.WriteOutcome.Throttled _ -> "Throttled";
            case Tables.WriteOutcome.Unknown _ -> "Unknown";
        };
    }

    private static String image(String outcome, Optional<Map<String, AttributeValue>> image) {
        return outcome + image.map(item -> "(item) " + CanonicalText.of(item)).orElse("()");
    }

    static String told(Tables.Scanned page) {
        return records(page.items().stream().map(CanonicalText::of).toList()) + " "
                + page.next().map(cursor -> CanonicalText.of(cursor.lastEvaluatedKey()));
    }

    static String told(Tables.ReadAnswer answer) {
        return records(sorted(answer.items())) + " " + answer.unprocessed();
    }

    /** Without units: for a record that is absent DynamoDB Local counts none, unlike DynamoDB. */
    private static String records(List<String> records) {
        return (records.isEmpty() ? "None " : "Records ") + records;
    }

    static List<String> sorted(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(CanonicalText::of)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    static String told(Objects.PutOutcome outcome) {
        return switch (outcome) {
            case Objects.PutOutcome.Done done -> "Done " + done.version().tag();
            case Objects.PutOutcome.ConditionFailed _ -> "ConditionFailed";
        };
    }

    static String told(Optional<Objects.Stored> stored) {
        return stored.map(one ->
                        "Stored " + one.version().tag() + " " + HexFormat.of().formatHex(one.content()))
                .orElse("Missing");
    }
}
