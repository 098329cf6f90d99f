package dev.rekey.engine.draft;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.draft.TableDraft.DraftedReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes a drafted plan for people to read. */
final class PlanText {
    private static final int COMMENT_COLUMN = 56;
    private static final int MOST_CANDIDATES = 5;
    private static final int LONGEST_PLAN_NAME = 64;
    /** Begins what only the owner of the tables can know. */
    static final String TO_DECIDE = "# To decide:";

    private static final String NAMED = "by name only: one of the two tables is empty";

    private final StringBuilder text = new StringBuilder();
    private final List<TableDraft> tables;

    private PlanText(List<TableDraft> tables) {
        this.tables = tables;
    }

    static String of(String source, Optional<String> target, List<TableDraft> tables) {
        var plan = new PlanText(tables);
        plan.head(source, target);
        tables.forEach(plan::table);
        return plan.text.toString();
    }

    private void head(String source, Optional<String> target) {
        long records = tables.stream().mapToLong(TableDraft::records).sum();
        raw("# Drafted from " + count(records, "record") + " in " + count(tables.size(), "table")
                + ", by reading all of them.");
        raw(
                "# The evidence follows each reference. Lines that are commented out are uncertain: if several name the same");
        raw("# attribute, the best candidate is first; uncomment at most one of them.");
        line("plan: " + planName(source), "name it after what it does");
        raw("source: { tables: " + quoted(source) + " }");
        if (target.isPresent()) {
            raw("target: { tables: " + quoted(target.get()) + " }");
        } else {
            line("# target: { tables: \"{table}-…\" }", "required: the names of the target tables");
        }
        var digits = hasNumberIds() ? ", digits: 15" : "";
        raw(
                "# Choose the namespace. The same records get the same new ids in the same namespace, and other ids in another.");
        raw("# The target's name is a good choice. To keep all ids: identity: { rule: keep }");
        line(
                "identity: { rule: derive, namespace: " + IdentityRule.Derive.NOT_CHOSEN + digits + " }",
                digits.isEmpty() ? "" : "digits of new number ids");
        if (tables.stream().anyMatch(table -> table.table().kind().isPresent())) {
            raw("# Records without a kind refuse the run. To copy the others without them: unmatched: leave");
            raw("unmatched: fail");
        }
        raw("");
        raw("tables:");
    }

    private static String planName(String source) {
        var name = source.replace("{table}", "")
                .replaceAll("[^A-Za-z0-9._-]", "")
                .replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
        var whole = "move-" + (name.isEmpty() ? "tables" : name);
        return Yaml.text(whole.substring(0, Math.min(LONGEST_PLAN_NAME, whole.length())));
    }

    private boolean hasNumberIds() {
        return tables.stream()
                .flatMap(table -> table.keys().entrySet().stream())
                .anyMatch(key -> key.getKey().attribute().type() == KeyType.N
                        && key.getValue().role().equals("self"));
    }

    private void table(TableDraft table) {
        line("  " + Yaml.text(table.table().name().value()) + ":", count(table.records(), "record"));
        table.table()
                .kind()
                .ifPresent(kind -> raw("    from: " + Yaml.text(kind.from().value()) + "\n    match: { "
                        + Yaml.text(kind.attribute()) + ": " + value(kind.value()) + " }"));
        if (table.composites().isEmpty()) {
            var roles = table.keys().entrySet().stream()
                    .map(key -> Yaml.text(key.getKey().attribute().name()) + ": "
                            + Yaml.text(key.getValue().role()))
                    .collect(Collectors.joining(", "));
            raw("    key: { " + roles + " }");
        } else {
            composites(table);
        }
        table.keys().entrySet().stream()
                .filter(key -> !table.isComposite(key.getKey().attribute().name()))
                .forEach(key -> key(key.getValue().found()));
        naturalKey(table);
        references(table.references());
    }

    /** Only the owner knows what such a key is: the plan leaves it out, and is refused until it is added. */
    private void composites(TableDraft table) {
        raw("    " + TO_DECIDE
                + " values of the key, or of the key of an index, consist of several parts and contain ids:");
        table.composites()
                .forEach(key -> raw("    #   " + Yaml.text(key.attribute()) + ": " + String.join("; ", key.facts())));
        raw(
                "    # Rekey does not rewrite ids within longer values. keep leaves the values of an attribute as they are;");
        raw(
                "    # { self: opaque } gives each whole value of one attribute of the table's own key a new id. Until key");
        raw("    # declares all of them, analyze reports key.composite, and migrate is refused. To keep them:");
        raw("    # key: { " + decided(table) + " }");
    }

    /** Ids that people or other systems know, such as order numbers, would become others without a word. */
    private void naturalKey(TableDraft table) {
        if (table.composites().isEmpty()) {
            table.keys().entrySet().stream()
                    .filter(key -> key.getValue().role().equals("self"))
                    .map(key -> key.getKey())
                    .filter(this::isNatural)
                    .forEach(key -> {
                        raw("    " + TO_DECIDE + " its ids " + form(key.forms())
                                + (isReferredTo(key) ? "" : ", and nothing refers to them")
                                + ". They get new ones; to keep them:");
                        raw("    # identity: { rule: keep }");
                    });
        }
    }

    private boolean isNatural(KeySet key) {
        var forms = key.forms();
        return forms.mostFrequent().isPresent() && !forms.areUuids() && (!forms.areRandom() || !isReferredTo(key));
    }

    private static String form(KeyForms forms) {
        return (forms.areOfOneForm() ? "have the form " : "have forms such as ")
                + forms.mostFrequent().orElseThrow();
    }

    private boolean isReferredTo(KeySet key) {
        return tables.stream()
                .flatMap(table -> Stream.concat(
                        table.references().stream(),
                        table.keys().values().stream().map(TableDraft.KeyDraft::found)))
                .anyMatch(found -> found.judgement() instanceof Judgement.Reference(var to)
                        && to.set().equals(key));
    }

    private static String decided(TableDraft table) {
        var roles = new LinkedHashMap<String, String>();
        table.keys().forEach((key, draft) -> roles.put(key.attribute().name(), draft.role()));
        table.composites().forEach(key -> roles.put(key.attribute(), "keep"));
        return roles.entrySet().stream()
                .map(role -> Yaml.text(role.getKey()) + ": " + Yaml.text(role.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void key(DraftedReference found) {
        switch (found.judgement()) {
            case Judgement.Reference(var to) -> raw("    # " + Yaml.text(found.path()) + ": " + evidence(found, to));
            case Judgement.Doubtful(var candidates) ->
                raw("    # possible reference: " + Yaml.text(found.path()) + ": "
                        + Yaml.text(candidates.getFirst().set().table().name().value()) + " ("
                        + evidence(found, candidates.getFirst()) + ")");
            case Judgement.Named(var to) ->
                raw("    # possible reference: " + Yaml.text(found.path()) + ": "
                        + Yaml.text(to.table().name().value()) + " (" + NAMED + ")");
            case Judgement.Accident _, Judgement.Nothing _ -> {
                // Nothing to say.
            }
        }
    }

    private void references(List<DraftedReference> references) {
        if (!references.isEmpty()) {
            var active = references.stream().anyMatch(found -> found.judgement() instanceof Judgement.Reference);
            raw((active ? "    " : "    # ") + "references:");
            references.forEach(this::reference);
        }
    }

    private void reference(DraftedReference found) {
        switch (found.judgement()) {
            case Judgement.Reference(var to) -> line("      " + entry(found, to), evidence(found, to));
            case Judgement.Doubtful(var candidates) -> doubtful(found, candidates);
            case Judgement.Named(var to) ->
                line(
                        "    #   " + Yaml.text(found.path()) + ": "
                                + Yaml.text(to.table().name().value()),
                        NAMED);
            case Judgement.Accident(var best) ->
                line("    #   " + entry(found, best), "perhaps: " + evidence(found, best));
            case Judgement.Nothing() -> {
                // Nothing to say.
            }
        }
    }

    private void doubtful(DraftedReference found, List<Candidate> candidates) {
        var shown = candidates.subList(0, Math.min(MOST_CANDIDATES, candidates.size()));
        // Behind the # the entry stands two columns further, where the line of references would have it.
        shown.forEach(candidate -> line("    #   " + entry(found, candidate), evidence(found, candidate)));
        if (candidates.size() > shown.size()) {
            var others = candidates.subList(shown.size(), candidates.size()).stream()
                    .map(candidate -> candidate.set().table().name().value())
                    .collect(Collectors.joining(", "));
            raw("    #   # less likely: " + others);
        }
    }

    private static String entry(DraftedReference found, Candidate to) {
        return Yaml.text(found.path()) + ": "
                + Yaml.text(to.set().table().name().value());
    }

    private static String evidence(DraftedReference found, Candidate to) {
        var tally = found.tally();
        var said = new ArrayList<String>();
        TableName table = to.set().table().name();
        said.add(String.format(Locale.ROOT, "%,d of %,d values are ids of %s", to.matched(), tally.values(), table));
        if (to.matched() < tally.values()) {
            long others = tally.values() - to.matched();
            said.add(String.format(Locale.ROOT, "%,d %s not", others, Wording.agree(others, "is", "are")));
        }
        if (to.matched() == tally.own()) {
            said.add("each the record's own");
        }
        if (!tally.isTelling()) {
            said.add(
                    to.name().isStrong()
                            ? "the name matches too"
                            : String.format(
                                    Locale.ROOT,
                                    "%,d different among its %,d",
                                    tally.distinct(),
                                    to.set().hashes().size()));
        }
        return String.join("; ", said);
    }

    private static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** As a plan writes a value that {@code match} names. */
    private static String value(AttributeValue value) {
        return switch (value.type()) {
            case S -> quoted(value.s());
            case N -> value.n();
            case BOOL -> value.bool().toString();
            case B, SS, NS, BS, L, M, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("match cannot name a value of type " + value.type());
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private void line(String content, String comment) {
        var padding = " ".repeat(Math.max(1, COMMENT_COLUMN - content.length()));
        raw(comment.isEmpty() ? content : content + padding + "# " + comment);
    }

    private void raw(String content) {
        text.append(content).append('\n');
    }
}
