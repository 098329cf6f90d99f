package dev.rekey.interpreter.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the fields by which a state goes on: Output, Assign, Next, End, Retry, Catch. */
final class Transitions {
    private static final int MOST_SECONDS = 31_622_400;
    private static final int MOST_ATTEMPTS = 99_999_999;

    private final Fields fields;
    private final StatesParser.Targets targets;

    Transitions(Fields fields, StatesParser.Targets targets) {
        this.fields = fields;
        this.targets = targets;
    }

    /** Of a state that needs exactly one of Next and End. */
    After following() {
        Optional<String> next = fields.text("Next");
        boolean end = fields.isTrue("End");
        if (next.isPresent() == end) {
            fields.findings().schema(fields.location(), "A state needs either 'Next' or '\"End\": true'.");
        }
        next.ifPresent(name -> targets.add(name, fields.at("Next")));
        return after(fields, next);
    }

    /** Of a state that is always the last. */
    After last() {
        return after(fields, Optional.empty());
    }

    static After after(Fields fields, Optional<String> next) {
        return new After(fields.template("Output"), assign(fields), next);
    }

    private static Map<String, Template> assign(Fields fields) {
        Map<String, Template> assign = new LinkedHashMap<>();
        fields.object("Assign")
                .ifPresent(variables -> variables.names().forEach(name -> {
                    Variables.checkName(name, variables);
                    variables.template(name).ifPresent(value -> assign.put(name, value));
                }));
        return assign;
    }

    Recovery recovery() {
        List<Retrier> retriers = new ArrayList<>();
        List<Fields> retry = fields.list("Retry");
        for (Fields each : retry) {
            retriers.add(retrier(each, each == retry.getLast()));
        }
        List<Catcher> catchers = new ArrayList<>();
        List<Fields> caught = fields.list("Catch");
        for (Fields each : caught) {
            catchers.add(catcher(each, each == caught.getLast()));
        }
        return new Recovery(retriers, catchers);
    }

    private static Retrier retrier(Fields retry, boolean last) {
        retry.only(
                "a retrier",
                Set.of(
                        "ErrorEquals",
                        "IntervalSeconds",
                        "BackoffRate",
                        "MaxAttempts",
                        "MaxDelaySeconds",
                        "JitterStrategy",
                        "Comment"));
        long interval = retry.integer("IntervalSeconds", 1, MOST_ATTEMPTS).orElse(1);
        OptionalLong longest = retry.integer("MaxDelaySeconds", 1, MOST_SECONDS - 1);
        if (longest.isPresent() && longest.getAsLong() <= interval) {
            retry.findings()
                    .schema(retry.at("MaxDelaySeconds"), "MaxDelaySeconds must be greater than IntervalSeconds.");
        }
        return new Retrier(
                errors(retry, last),
                interval,
                retry.integer("MaxAttempts", 0, MOST_ATTEMPTS).orElse(3),
                retry.number("BackoffRate", 2.0, 1.0),
                longest,
                retry.choice("JitterStrategy", Retrier.Jitter.NONE, Retrier.Jitter.class));
    }

    private Catcher catcher(Fields caught, boolean last) {
        caught.only("a catcher", Set.of("ErrorEquals", "Next", "Output", "Assign", "Comment"));
        String next = caught.requiredText("Next");
        targets.add(next, caught.at("Next"));
        return new Catcher(errors(caught, last), after(caught, Optional.of(next)));
    }

    private static List<String> errors(Fields entry, boolean last) {
        List<String> errors = entry.texts("ErrorEquals");
        boolean all = errors.contains(ErrorNames.ALL);
        if (all && errors.size() > 1) {
            entry.findings().schema(entry.at("ErrorEquals"), "States.ALL must stand alone in its ErrorEquals.");
        }
        if (all && !last) {
            entry.findings().schema(entry.at("ErrorEquals"), "States.ALL must stand in the last entry of the list.");
        }
        errors.stream()
                .filter(name -> name.startsWith("States.") && !ErrorNames.PREDEFINED.contains(name))
                .forEach(name -> entry.findings()
                        .schema(entry.at("ErrorEquals"), "The language knows no error name '" + name + "'."));
        return errors;
    }
}
