package dev.rekey.core.plan.document;

import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import java.util.ArrayList;
import java.util.List;

/** Reads reference paths such as {@code items[].ownerId} or {@code "a.b"|json.ids[]}. */
public final class ReferencePathParser {
    /** DynamoDB nests values 32 deep. */
    private static final int MAX_STEPS = 64;

    private static final String ENDS_NAME = ".[]{}|\" \t\n\r";

    /** What a text was read as. */
    public sealed interface Parsed {
        record Path(ReferencePath path) implements Parsed {}

        /**
         * @param position of the first character that does not fit, from 1
         * @param fact what is wrong there
         */
        record Malformed(int position, String fact) implements Parsed {}
    }

    private static final class Misfit extends Exception {
        private final int position;

        Misfit(int position, String fact) {
            super(fact);
            this.position = position;
        }
    }

    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    private ReferencePathParser(String text) {
        this.text = text;
    }

    public static Parsed parse(String text) {
        var parser = new ReferencePathParser(text);
        try {
            parser.path();
            return new Parsed.Path(new ReferencePath(text, parser.steps));
        } catch (Misfit e) {
            return new Parsed.Malformed(e.position + 1, e.getMessage());
        }
    }

    private void path() throws Misfit {
        steps.add(field());
        while (at < text.length()) {
            if (steps.getLast() instanceof Step.MapKeys) {
                throw new Misfit(at, "{} must be at the end of the path");
            }
            if (steps.size() == MAX_STEPS) {
                throw new Misfit(at, "the path has more than " + MAX_STEPS + " steps");
            }
            steps.add(step());
        }
        if (steps.getLast() instanceof Step.Json) {
            throw new Misfit(at, "after |json the path must continue inside the document");
        }
    }

    private Step step() throws Misfit {
        if (takes(".")) {
            return field();
        }
        if (takes("[]")) {
            return new Step.Elements();
        }
        if (takes("{}")) {
            return new Step.MapKeys();
        }
        var start = at;
        if (takes("|json")) {
            if (steps.contains(new Step.Json())) {
                throw new Misfit(start, "|json occurs twice");
            }
            return new Step.Json();
        }
        throw new Misfit(at, "expected . or [] or {} or |json");
    }

    private Step.Field field() throws Misfit {
        return new Step.Field(takes("\"") ? quotedName() : plainName());
    }

    private String plainName() throws Misfit {
        var start = at;
        while (at < text.length() && ENDS_NAME.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (start == at) {
            throw new Misfit(at, "expected a name");
        }
        return text.substring(start, at);
    }

    private String quotedName() throws Misfit {
        var start = at - 1;
        var name = new StringBuilder();
        while (!takes("\"")) {
            takes("\\");
            if (at >= text.length()) {
                throw new Misfit(start, "the quoted name is not closed");
            }
            name.append(text.charAt(at++));
        }
        if (name.isEmpty()) {
            throw new Misfit(start, "the quoted name is empty");
        }
        return name.toString();
    }

    private boolean takes(String expected) {
        if (!text.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        return true;
    }
}
