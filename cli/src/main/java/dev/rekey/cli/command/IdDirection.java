package dev.rekey.cli.command;

import dev.rekey.core.identity.IdTranslation;
import dev.rekey.core.identity.IdTranslation.Answer;
import dev.rekey.core.item.Wording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From old ids to new ones, or from new ones to old ones. */
enum IdDirection {
    FORWARD,
    REVERSE;

    /** @return an answer for each id, in the order given */
    Map<String, Answer> answers(IdTranslation ids, List<String> given) {
        return switch (this) {
            case FORWARD -> {
                var answers = new LinkedHashMap<String, Answer>();
                given.forEach(id -> answers.put(id, ids.newId(id)));
                yield answers;
            }
            case REVERSE -> ids.oldIds(given);
        };
    }

    String given() {
        return this == FORWARD ? "old id" : "new id";
    }

    String asked(int count) {
        return this == FORWARD ? Wording.agree(count, "new id", "new ids") : "old ids";
    }
}
