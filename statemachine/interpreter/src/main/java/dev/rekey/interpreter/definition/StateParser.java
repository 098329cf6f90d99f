package dev.rekey.interpreter.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one state. */
final class StateParser {
    private static final String CALLBACK = ".waitForTaskToken";
    private static final Set<String> TYPES =
            Set.of("Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map");

    private final StatesParser states;
    private final Predicate<String> knownResource;
    private final MapParser maps;

    StateParser(StatesParser states, Predicate<String> knownResource) {
        this.states = states;
        this.knownResource = knownResource;
        this.maps = new MapParser(states);
    }

    Optional<State> parse(String name, Fields fields, StatesParser.Targets targets) {
        String type = fields.requiredText("Type");
        if (!TYPES.contains(type)) {
            fields.findings()
                    .schema(fields.at("Type"), "The type '" + type + "' must be one of " + sorted(TYPES) + ".");
            return Optional.empty();
        }
        if (!fields.text("QueryLanguage").orElse("JSONata").equals("JSONata")) {
            fields.findings()
                    .schema(
                            fields.at("QueryLanguage"),
                            "Only JSONata is supported. Write \"JSONata\" or leave the field out.");
        }
        fields.text("Comment");
        Transitions outcome = new Transitions(fields, targets);
        return Optional.of(
                switch (type) {
                    case "Pass" -> pass(name, fields, outcome);
                    case "Task" -> task(name, fields, outcome);
                    case "Choice" -> choice(name, fields, targets);
                    case "Wait" -> waiting(name, fields, outcome);
                    case "Succeed" -> succeed(name, fields, outcome);
                    case "Fail" -> fail(name, fields);
                    case "Parallel" -> parallel(name, fields, outcome);
                    default -> maps.parse(name, only(fields, type, MapParser.MEMBERS), outcome);
                });
    }

    private static Fields only(Fields fields, String type, Set<String> more) {
        Set<String> allowed = Stream.concat(Stream.of("Type", "Comment", "QueryLanguage"), more.stream())
                .collect(Collectors.toSet());
        return fields.only("a " + type + " state", allowed);
    }

    private static State pass(String name, Fields fields, Transitions outcome) {
        only(fields, "Pass", Set.of("Output", "Assign", "Next", "End"));
        return new State.Pass(name, outcome.following());
    }

    private State task(String name, Fields fields, Transitions outcome) {
        only(
                fields,
                "Task",
                Set.of(
                        "Resource",
                        "Arguments",
                        "TimeoutSeconds",
                        "HeartbeatSeconds",
                        "Retry",
                        "Catch",
                        "Output",
                        "Assign",
                        "Next",
                        "End",
                        "Credentials"));
        String written = fields.requiredText("Resource");
        boolean callback = written.endsWith(CALLBACK);
        String resource = callback ? written.substring(0, written.length() - CALLBACK.length()) : written;
        if (!resource.isEmpty() && !knownResource.test(resource)) {
            fields.findings()
                    .schema(fields.at("Resource"), "No integration handles the resource '" + written + "' here.");
        }
        return new State.Task(
                name,
                resource,
                callback ? State.Callback.TASK_TOKEN : State.Callback.NONE,
                fields.template("Arguments"),
                new State.Bounds(fields.count("TimeoutSeconds"), fields.count("HeartbeatSeconds")),
                outcome.recovery(),
                outcome.following());
    }

    private static State choice(String name, Fields fields, StatesParser.Targets targets) {
        only(fields, "Choice", Set.of("Choices", "Default", "Output", "Assign"));
        List<Rule> rules = new ArrayList<>();
        for (Fields rule : fields.list("Choices")) {
            rule.only("a choice rule", Set.of("Condition", "Next", "Assign", "Output", "Comment"));
            Optional<Template> condition =
                    rule.template("Condition", com.fasterxml.jackson.databind.JsonNode::isBoolean, "true or false");
            if (condition.isEmpty()) {
                rule.missing("Condition");
            }
            String next = rule.requiredText("Next");
            targets.add(next, rule.at("Next"));
            condition.ifPresent(given -> rules.add(new Rule(given, Transitions.after(rule, Optional.of(next)))));
        }
        if (fields.list("Choices").isEmpty()) {
            fields.findings().schema(fields.at("Choices"), "There must be at least one choice.");
        }
        Optional<String> standard = fields.text("Default");
        standard.ifPresent(next -> targets.add(next, fields.at("Default")));
        return new State.Choice(name, rules, Transitions.after(fields, standard));
    }

    private static State waiting(String name, Fields fields, Transitions outcome) {
        only(fields, "Wait", Set.of("Seconds", "Timestamp", "Output", "Assign", "Next", "End"));
        Optional<Template> seconds = fields.count("Seconds");
        Optional<Template> timestamp = fields.template(
                "Timestamp", com.fasterxml.jackson.databind.JsonNode::isTextual, "a time such as 2026-01-31T12:00:00Z");
        if (seconds.isPresent() == timestamp.isPresent()) {
            fields.findings().schema(fields.location(), "A Wait state needs either 'Seconds' or 'Timestamp'.");
        }
        Template none = new Template.Literal(com.fasterxml.jackson.databind.node.IntNode.valueOf(0));
        State.Until until = timestamp
                .<State.Until>map(State.Until.Timestamp::new)
                .orElseGet(() -> new State.Until.Seconds(seconds.orElse(none)));
        return new State.Wait(name, until, outcome.following());
    }

    private static State succeed(String name, Fields fields, Transitions outcome) {
        only(fields, "Succeed", Set.of("Output"));
        return new State.Succeed(name, outcome.last());
    }

    private static State fail(String name, Fields fields) {
        only(fields, "Fail", Set.of("Error", "Cause"));
        return new State.Fail(
                name,
                fields.template("Error", com.fasterxml.jackson.databind.JsonNode::isTextual, "a string"),
                fields.template("Cause", com.fasterxml.jackson.databind.JsonNode::isTextual, "a string"));
    }

    private State parallel(String name, Fields fields, Transitions outcome) {
        only(fields, "Parallel", Set.of("Branches", "Arguments", "Retry", "Catch", "Output", "Assign", "Next", "End"));
        List<States> branches = new ArrayList<>();
        for (Fields branch : fields.list("Branches")) {
            branch.only("a branch", Set.of("Comment", "StartAt", "States"));
            branches.add(states.parse(branch));
        }
        if (branches.isEmpty()) {
            fields.findings().schema(fields.at("Branches"), "There must be at least one branch.");
        }
        return new State.Parallel(
                name, branches, fields.template("Arguments"), outcome.recovery(), outcome.following());
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
