package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Runs of one plan, one after the other, against a plain model; {@code -Dseed=N} runs one seed, {@code -Dseeds=N} the first N. */
final class SeveralRunsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEEDS_OF_THE_BUILD = 150;
    private static final int STEPS = 14;

    @Test
    void everyRunLeavesWhatItMust() {
        var one = Optional.ofNullable(Long.getLong("seed"));
        var seeds = one.map(LongStream::of)
                .orElseGet(() -> LongStream.range(0, Integer.getInteger("seeds", SEEDS_OF_THE_BUILD)));
        var wrong = new ConcurrentSkipListMap<Long, List<String>>();
        seeds.parallel().forEach(seed -> wrong(seed, (_, bucket) -> bucket).ifPresent(story -> wrong.put(seed, story)));
        assertThat(wrong.entrySet().stream()
                        .map(told -> told.getKey() + " " + told.getValue().getLast()))
                .as(() -> "seeds, of which -Dseed=N tells one again; the first: "
                        + String.join("\n", wrong.firstEntry().getValue()))
                .isEmpty();
    }

    @Test
    void mergesOfARehearsalOnOtherTablesAreFound() {
        found(document("/manifest.json", text -> text.replace("\"trial-", "\"src-")));
    }

    @Test
    void mergesThatAPartOfARunCarriedOutForAllAreFound() {
        found(edited("/manifest.json", manifest -> ((ObjectNode) manifest.at("/origin/options/scope")).removeAll()));
    }

    @Test
    void mergesOfARunThatWasRolledBackInPartAreFound() {
        found(edited(
                "/control.json",
                control -> ((ObjectNode) control.get("undoing"))
                        .remove(List.of("earlier", "where", "table", "cascaded"))));
    }

    @Test
    void aNewIdOfAnEarlierRunThatCountsAsMissingIsFound() {
        found((run, bucket) -> new Passing(bucket) {
            @Override
            public PutOutcome create(ObjectKey key, byte[] content) {
                return super.create(key, key.name().endsWith("/mappings.json") ? without("former", content) : content);
            }
        });
    }

    @Test
    void anIdThatGetsAnotherNewIdThanBeforeIsFound() {
        found(without("/mappings.json"), "REFUSED instead of ");
    }

    @Test
    void valuesOfEarlierRunsThatCountAsOthersAreFound() {
        found(without("/written/"), "is left as it was");
    }

    /** What earlier runs stored under such a name is not there. */
    private static SeveralRuns.Bucket without(String name) {
        return (run, bucket) -> new Passing(bucket) {
            @Override
            public Optional<Stored> get(ObjectKey key) {
                return super.get(key)
                        .filter(_ -> !key.name().contains(name) || key.name().contains(run.value()));
            }
        };
    }

    private static Optional<List<String>> wrong(long seed, SeveralRuns.Bucket broken) {
        return new SeveralRuns(seed, broken).wrong(STEPS);
    }

    private static void found(SeveralRuns.Bucket broken) {
        found(broken, "");
    }

    /** @param how what a seed ends with that finds it */
    private static void found(SeveralRuns.Bucket broken, String how) {
        assertThat(LongStream.range(0, SEEDS_OF_THE_BUILD)
                        .anyMatch(seed -> wrong(seed, broken)
                                .filter(story -> story.getLast().contains(how))
                                .isPresent()))
                .as("a seed finds it")
                .isTrue();
    }

    private static SeveralRuns.Bucket edited(String name, Consumer<ObjectNode> edit) {
        return document(name, text -> changed(text, edit));
    }

    private static byte[] without(String field, byte[] content) {
        var text = new String(content, StandardCharsets.UTF_8);
        return changed(text, json -> json.remove(field)).getBytes(StandardCharsets.UTF_8);
    }

    private static String changed(String text, Consumer<ObjectNode> edit) {
        try {
            var json = (ObjectNode) JSON.readTree(text);
            edit.accept(json);
            return json.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever reads a document of an earlier run reads something else. */
    private static SeveralRuns.Bucket document(String name, UnaryOperator<String> lie) {
        return (run, bucket) -> new Passing(bucket) {
            @Override
            public Optional<Stored> get(ObjectKey key) {
                return super.get(key)
                        .map(found -> key.name().endsWith(name) && !key.name().contains(run.value())
                                ? new Stored(
                                        lie.apply(new String(found.content(), StandardCharsets.UTF_8))
                                                .getBytes(StandardCharsets.UTF_8),
                                        found.version())
                                : found);
            }
        };
    }
}
