package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.identity.IdTranslation;
import dev.rekey.core.identity.IdTranslation.Answer;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.FamilyName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Ids that were asked for, and what they are on the other side.
 *
 * @param found of each id that was given, in the order given
 */
record IdAnswers(IdDirection direction, KeyType type, Map<String, List<String>> found) {
    /** @throws CommandFailure that names every id without an answer */
    static IdAnswers of(IdTranslation ids, IdDirection direction, List<String> given) {
        var answers = direction.answers(ids, given);
        var found = new LinkedHashMap<String, List<String>>();
        var missing = new LinkedHashMap<String, String>();
        answers.forEach((id, answer) -> {
            switch (answer) {
                case Answer.Ids(var others) -> found.put(id, others);
                case Answer.None(var reason) -> missing.put(id.isEmpty() ? "\"\"" : id, reason);
            }
        });
        if (!missing.isEmpty()) {
            throw failure(ids.family().name(), direction, missing);
        }
        var type = direction == IdDirection.FORWARD
                ? ids.family().type()
                : ids.family().newType();
        return new IdAnswers(direction, type, found);
    }

    private static CommandFailure failure(FamilyName family, IdDirection direction, Map<String, String> missing) {
        var which = missing.size() == 1
                ? missing.keySet().iterator().next()
                : Wording.count(missing.size(), direction.given());
        var facts = missing.size() == 1
                ? "it " + missing.values().iterator().next()
                : missing.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining("; "));
        return CommandFailure.usage(
                "Cannot compute the %s of %s in family %s: %s. Nothing was changed. Check %s, the plan and --type."
                        .formatted(
                                direction.asked(missing.size()),
                                which,
                                family,
                                facts,
                                Wording.agree(missing.size(), "the id", "the ids")));
    }

    /** The answers to one id, each on a line of its own, and nothing else. */
    List<String> lines(String id) {
        return found.get(id);
    }

    /** Each id that was given, a tab, and an answer. */
    List<String> pairs() {
        return found.entrySet().stream()
                .flatMap(one -> one.getValue().stream().map(other -> one.getKey() + "\t" + other))
                .toList();
    }

    /** The fields {@code old} and {@code new}: of one new id, all the old ones. */
    void put(ObjectNode node, String id) {
        switch (direction) {
            case FORWARD -> node.put("old", id).put("new", found.get(id).getFirst());
            case REVERSE -> found.get(id).forEach(node.put("new", id).putArray("old")::add);
        }
    }

    void putAll(ObjectNode node) {
        var list = node.putArray("ids");
        found.keySet().forEach(id -> {
            var one = JsonNodeFactory.instance.objectNode();
            put(one, id);
            list.add(one);
        });
    }
}
