package dev.rekey.interpreter.definition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Reads maps of states and checks how they hang together. One per document, since names are unique in a document. */
final class StatesParser {
    private static final int LONGEST_NAME = 80;

    private final Set<String> names = new HashSet<>();
    private final StateParser parser;

    StatesParser(Predicate<String> knownResource) {
        this.parser = new StateParser(this, knownResource);
    }

    States parse(Fields fields) {
        String startAt = fields.requiredText("StartAt");
        Map<String, Fields> members = fields.objects("States");
        if (!fields.has("States")) {
            fields.missing("States");
        } else if (members.isEmpty()) {
            fields.findings().schema(fields.at("States"), "There must be at least one state.");
        }
        Map<String, State> states = new LinkedHashMap<>();
        Map<String, Set<Target>> targets = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            name(name, member);
            Targets collected = new Targets();
            parser.parse(name, member, collected).ifPresent(state -> states.put(name, state));
            targets.put(name, collected.all());
        });
        if (!members.isEmpty()) {
            transitions(fields, startAt, members.keySet(), targets);
        }
        return new States(startAt, states);
    }

    private void name(String name, Fields member) {
        if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            member.findings()
                    .schema(member.location(), "The name of a state must have 1 to " + LONGEST_NAME + " characters.");
        }
        if (!names.add(name)) {
            member.findings()
                    .error(
                            "DUPLICATE_STATE_NAME",
                            member.location(),
                            "Duplicate State name: '" + name
                                    + "'. Names must be unique in the whole document, inner states too.");
        }
    }

    private static void transitions(
            Fields fields, String startAt, Set<String> known, Map<String, Set<Target>> targets) {
        if (!startAt.isEmpty() && !known.contains(startAt)) {
            missing(fields.findings(), new Target(startAt, fields.at("StartAt")));
        }
        targets.values()
                .forEach(each -> each.stream()
                        .filter(target -> !known.contains(target.name()))
                        .forEach(target -> missing(fields.findings(), target)));
        Set<String> reached = reached(startAt, targets);
        known.stream()
                .filter(name -> !reached.contains(name))
                .forEach(name -> fields.findings()
                        .error(
                                "MISSING_TRANSITION_TARGET",
                                fields.at("States") + "/" + name,
                                "State \"" + name + "\" is not reachable. Remove it or let a state lead to it."));
    }

    private static void missing(Findings findings, Target target) {
        findings.error(
                "MISSING_TRANSITION_TARGET",
                target.location(),
                "Missing target: there is no state '" + target.name() + "' among the states here.");
    }

    private static Set<String> reached(String startAt, Map<String, Set<Target>> targets) {
        Set<String> reached = new HashSet<>();
        Deque<String> waiting = new ArrayDeque<>();
        waiting.add(startAt);
        while (!waiting.isEmpty()) {
            String name = waiting.poll();
            if (reached.add(name)) {
                targets.getOrDefault(name, Set.of()).forEach(target -> waiting.add(target.name()));
            }
        }
        return reached;
    }

    /** A transition's goal and where it is written. */
    record Target(String name, String location) {}

    /** Collects the goals of one state. */
    static final class Targets {
        private final Set<Target> all = new HashSet<>();

        void add(String name, String location) {
            all.add(new Target(name, location));
        }

        Set<Target> all() {
            return Set.copyOf(all);
        }
    }
}
