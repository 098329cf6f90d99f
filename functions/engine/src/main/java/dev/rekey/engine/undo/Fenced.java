package dev.rekey.engine.undo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How it is known that nobody of an earlier epoch writes any more.
 *
 * @param format 1
 * @param epoch the run's epoch from which on nobody else writes
 * @param begunAt when it was first looked
 * @param closedAt when nobody was left; empty until then
 * @param leases how many segments there were, by what was found: given back, past its deadline, its owner dead
 * @param executions that worked on the run, and how they stood at the end
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Fenced(
        int format,
        int epoch,
        Instant begunAt,
        Optional<Instant> closedAt,
        Map<String, Long> leases,
        Map<String, String> executions) {
    static final String GIVEN_BACK = "given back";
    static final String PAST_DEADLINE = "past their deadline";
    static final String OWNER_DEAD = "of an owner that is dead";

    static Fenced begun(int epoch, Instant now) {
        return new Fenced(1, epoch, now, Optional.empty(), Map.of(), Map.of());
    }

    static ObjectKey key(RunFolder folder, int epoch) {
        return folder.key("fences/%06d.json".formatted(epoch));
    }

    /** How long it was waited until nobody was left; zero until then. */
    @JsonIgnore
    public Duration waited() {
        return closedAt.map(end -> Duration.between(begunAt, end)).orElse(Duration.ZERO);
    }

    /** How it is known, as a sentence. */
    @JsonIgnore
    public String sentence() {
        var segments = leases.entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey())
                .collect(Collectors.joining(", "));
        var others = executions.entrySet().stream()
                .map(one -> one.getKey().substring(one.getKey().lastIndexOf(':') + 1) + " " + one.getValue())
                .collect(Collectors.joining(", "));
        return "No writer is left: leases " + (segments.isEmpty() ? "none" : segments)
                + (others.isEmpty() ? "" : "; executions " + others) + "; waited "
                + waited().toSeconds() + " s.";
    }
}
