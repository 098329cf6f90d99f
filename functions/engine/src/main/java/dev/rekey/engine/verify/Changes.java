package dev.rekey.engine.verify;

import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RecordKinds;
import dev.rekey.engine.run.RunContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds the places where two records differ, as deep down as they can be told apart. */
final class Changes {
    private static final int MOST = 20;
    private static final int LONGEST_VALUE = 1_000;
    private static final String ABSENT = "absent";
    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}\\p{N}_-]+");

    private final Showing showing;
    private final Set<String> identities;

    Changes(TablePlan plan, Showing showing) {
        this.showing = showing;
        this.identities = new HashSet<>();
        for (var reference : plan.references()) {
            identities.add(form(reference, plan.rename()));
            reference.as().ifPresent(as -> identities.addAll(List.of(as.attribute(), as.attribute() + "[]")));
        }
    }

    /** For each table whose records are compared. */
    static RecordKinds<Changes> of(RunContext run, VerifyWork work) {
        return RecordKinds.of(run, work.table(), table -> new Changes(run.plan().table(table), work.showing()));
    }

    /**
     * The first of the differences.
     *
     * @param places how many there are
     */
    record RecordChanges(List<Change> changes, int places) {}

    RecordChanges between(Map<String, AttributeValue> expected, Map<String, AttributeValue> found) {
        var collected = new Collected();
        fields("", "", expected, found, collected);
        return new RecordChanges(List.copyOf(collected.changes), collected.places);
    }

    /** Names of the attributes that differ. */
    static List<String> attributes(Map<String, AttributeValue> expected, Map<String, AttributeValue> found) {
        var names = new TreeSet<>(expected.keySet());
        names.addAll(found.keySet());
        names.removeIf(name -> expected.containsKey(name)
                && found.containsKey(name)
                && SameContent.same(expected.get(name), found.get(name)));
        return List.copyOf(names);
    }

    private static final class Collected {
        private final List<Change> changes = new ArrayList<>();
        private int places;
    }

    private void fields(
            String path,
            String form,
            Map<String, AttributeValue> expected,
            Map<String, AttributeValue> found,
            Collected all) {
        var names = new TreeSet<>(expected.keySet());
        names.addAll(found.keySet());
        for (var name : names) {
            var step = path.isEmpty() ? "" : ".";
            values(
                    path + (isPlain(name) ? step + name : "[" + quoted(name) + "]"),
                    form + step + name,
                    Optional.ofNullable(expected.get(name)),
                    Optional.ofNullable(found.get(name)),
                    all);
        }
    }

    private void values(
            String path,
            String form,
            Optional<AttributeValue> expected,
            Optional<AttributeValue> found,
            Collected all) {
        if (expected.isEmpty() || found.isEmpty()) {
            add(path, form, expected, found, all);
            return;
        }
        var one = expected.get();
        var other = found.get();
        if (SameContent.same(one, other)) {
            return;
        }
        if (one.hasM() && other.hasM()) {
            fields(path, form, one.m(), other.m(), all);
        } else if (one.hasL() && other.hasL() && one.l().size() == other.l().size()) {
            for (int i = 0; i < one.l().size(); i++) {
                values(
                        path + "[" + i + "]",
                        form + "[]",
                        Optional.of(one.l().get(i)),
                        Optional.of(other.l().get(i)),
                        all);
            }
        } else {
            add(path, form, expected, found, all);
        }
    }

    private void add(
            String path,
            String form,
            Optional<AttributeValue> expected,
            Optional<AttributeValue> found,
            Collected all) {
        all.places++;
        if (all.changes.size() < MOST) {
            all.changes.add(new Change(
                    path,
                    expected.map(Changes::type).orElse(ABSENT),
                    found.map(Changes::type).orElse(ABSENT),
                    expected.flatMap(value -> shown(form, value)),
                    found.flatMap(value -> shown(form, value))));
        }
    }

    private Optional<String> shown(String form, AttributeValue value) {
        return switch (showing) {
            case VALUES -> Optional.of(text(value));
            case IDS ->
                // What stands where an id belongs may be anything.
                (!value.hasM() && !value.hasL() && identities.contains(form))
                                || (isSet(value) && identities.contains(form + "[]"))
                        ? Optional.of(text(value))
                        : Optional.empty();
        };
    }

    private static String text(AttributeValue value) {
        var text = TypedJson.valueText(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private static boolean isSet(AttributeValue value) {
        return value.hasSs() || value.hasNs() || value.hasBs();
    }

    private static String type(AttributeValue value) {
        return switch (value.type()) {
            case S, N, B, BOOL, UNKNOWN_TO_SDK_VERSION -> value.type().name();
            case NUL -> "NULL";
            case SS -> "SS of " + value.ss().size();
            case NS -> "NS of " + value.ns().size();
            case BS -> "BS of " + value.bs().size();
            case L -> "L of " + value.l().size();
            case M -> "M of " + value.m().size();
        };
    }

    /** A reference's path as it stands in the target, without what tells the elements of a list apart. */
    private static String form(Reference reference, Map<String, String> rename) {
        var form = new StringBuilder();
        for (var step : reference.path().steps()) {
            switch (step) {
                case Step.Field(var name) when form.isEmpty() -> form.append(rename.getOrDefault(name, name));
                case Step.Field(var name) -> form.append('.').append(name);
                case Step.Elements() -> form.append("[]");
                // What differs there is a map, or a text, of which the identities are only a part.
                case Step.MapKeys() -> form.append("{}");
                case Step.Json() -> form.append("|json");
            }
        }
        return form.toString();
    }

    private static boolean isPlain(String name) {
        return PLAIN_NAME.matcher(name).matches();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
