package dev.rekey.engine.undo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why it is certain that no worker of an earlier epoch writes any more.
 *
 * @param format 1
 * @param epoch the run's epoch; no worker of an earlier one writes
 * @param begunAt when the fence was first checked
 * @param closedAt when all writers had stopped; empty until then
 * @param leases number of segments, by what became of their lease
 * @param executions that worked on the run, with their state at the end
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Fenced(
        int format,
        int epoch,
        Instant begunAt,
        Optional<Instant> closedAt,
        Map<EndedLease, Long> leases,
        Map<String, String> executions) {
    /** What became of a lease under which nobody writes any more. */
    enum EndedLease {
        @JsonProperty("released")
        RELEASED("released"),
        /** Its deadline is over. */
        @JsonProperty("expired")
        EXPIRED("expired"),
        /** The worker that held it is known to have stopped. */
        @JsonProperty("ownerDead")
        OWNER_DEAD("of stopped workers");

        private final String phrase;

        EndedLease(String phrase) {
            this.phrase = phrase;
        }

        private String sentence(long segments) {
            return Wording.count(segments, "lease") + " " + phrase;
        }
    }

    static Fenced begun(int epoch, Instant now) {
        return new Fenced(1, epoch, now, Optional.empty(), Map.of(), Map.of());
    }

    static ObjectKey key(RunFolder folder, int epoch) {
        return folder.key("fences/%06d.json".formatted(epoch));
    }

    /** How long the fence waited for the writers; zero until they have stopped. */
    @JsonIgnore
    public Duration waited() {
        return closedAt.map(end -> Duration.between(begunAt, end)).orElse(Duration.ZERO);
    }

    /** The same as a sentence. */
    @JsonIgnore
    public String sentence() {
        var facts = Stream.of(
                        leases.entrySet().stream().map(one -> one.getKey().sentence(one.getValue())),
                        executions.entrySet().stream()
                                .map(one -> "execution " + name(one.getKey()) + " " + one.getValue()),
                        Stream.of(waited().toSeconds() + " s"))
                .flatMap(Function.identity());
        return "All writers stopped (" + facts.collect(Collectors.joining(", ")) + ").";
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }
}
