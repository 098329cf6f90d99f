package dev.rekey.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.verify.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may be counted of records, and how it looks: names as in the report's counts. */
record Verdicts(String name, String tone, String meaning) {
    /** What became of the records of a source that was read, or of those that were copied, or undone. */
    static final List<Verdicts> DONE = List.of(
            new Verdicts("created", "c1", "new in the target"),
            new Verdicts("replaced", "c7", "in place of others"),
            new Verdicts("identical", "c2", "in the target before"),
            new Verdicts("deleted", "c1", "taken back"),
            new Verdicts("restored", "c7", "as they were before"),
            new Verdicts("overwritten", "warn", "put back although others changed them"),
            new Verdicts("unchanged", "c4", "nothing to undo"),
            new Verdicts("skipped", "c3", "left as the plan says"),
            new Verdicts("drift", "warn", "changed by others, left alone"),
            new Verdicts("filtered", "c4", "left out by the plan"),
            new Verdicts("unmappable", "bad", "do not fit the plan"));

    static final List<Verdicts> COMPARED = List.of(
            new Verdicts("matched", "good", "as the source says"),
            new Verdicts("missing", "bad", "not in the target"),
            new Verdicts("altered", "bad", "not as the source says"),
            new Verdicts("collided", "bad", "under one new key with another"),
            new Verdicts("dangling", "bad", "references to nothing"),
            new Verdicts("unexpected", "bad", "in the target without a source"),
            new Verdicts("moved", "warn", "changed in the source since"),
            new Verdicts("late", "c8", "new in the source since"),
            new Verdicts("gone", "warn", "deleted from the source since"),
            new Verdicts("drifted", "warn", "changed in the target by others"),
            new Verdicts("lateReference", "warn", "references to records that came later"),
            new Verdicts("goneReference", "warn", "references to records that were deleted"),
            new Verdicts("expired", "c4", "over their time to live"),
            new Verdicts("skipped", "c3", "left as the plan says"),
            new Verdicts("preexisting", "c4", "in the target before the run"));

    /** How many records were compared. Verdicts of references stand beside those of the records that hold them. */
    static long records(JsonNode verdicts) {
        return COMPARED.stream()
                .map(Verdicts::name)
                .filter(name -> !Verdict.of(name).isOfReference())
                .mapToLong(name -> verdicts.path(name).asLong())
                .sum();
    }

    static String tone(String name) {
        return COMPARED.stream()
                .filter(one -> one.name().equals(name))
                .map(Verdicts::tone)
                .findFirst()
                .orElse("c3");
    }

    /** One part of a bar. */
    Map<String, Object> part(long value, long all) {
        var part = new LinkedHashMap<String, Object>();
        part.put("name", name);
        part.put("tone", tone);
        part.put("meaning", meaning);
        part.put("value", Formats.number(value));
        part.put("percent", Formats.percent((double) value, (double) all));
        part.put("title", Formats.number(value) + " " + name);
        return part;
    }
}
