package dev.rekey.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.page.PageTemplate;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.status.RunSummary;
import dev.rekey.engine.status.Standing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The console: pages made of what the API answers, and forms that do what it does. */
public final class Pages {
    private static final PageTemplate PAGE = template("page.html");
    private static final PageTemplate RUNS = template("runs.html");
    private static final PageTemplate LIST = template("list.html");
    private static final PageTemplate RUN = template("run.html");
    private static final PageTemplate NEW = template("new.html");
    private static final Pattern OF_A_RUN = Pattern.compile("/runs/([^/]*)(?:/([a-z]+))?");

    private final Behind behind;
    private final Reading reading;
    private final Operations operations;
    private final Starts starts;
    private final RunView view;
    private final StaticFiles files = new StaticFiles();

    public Pages(Behind behind) {
        this.behind = behind;
        this.reading = new Reading(behind);
        this.operations = new Operations(behind);
        this.starts = new Starts(behind);
        this.view = new RunView(behind, reading);
    }

    private static PageTemplate template(String name) {
        return new PageTemplate(Api.resource(name));
    }

    Answer answer(Asked asked) {
        try {
            return (asked.method().equals("POST") ? done(asked) : shown(asked)).unlessKnown(asked);
        } catch (RuntimeException e) {
            var problem = Api.problem(e);
            return page(problem.kind().status(), problem.kind().title(), "", Optional.of(problem));
        }
    }

    private Answer shown(Asked asked) {
        var file = files.find(asked.path());
        if (file.isPresent()) {
            return file.get();
        }
        return switch (asked.path()) {
            case "/" -> Answer.seeOther("/runs");
            case "/runs" -> page("Runs", RUNS.fill(runs(asked)));
            case "/runs/list" -> fragment(LIST.fill(list(asked)));
            case "/runs/new" -> page("New run", NEW.fill(Map.of()));
            default -> ofARun(asked);
        };
    }

    private Answer ofARun(Asked asked) {
        var path = OF_A_RUN.matcher(asked.path());
        if (!asked.method().equals("GET") || !path.matches()) {
            throw unknown(asked);
        }
        var run = path.group(1);
        return switch (Optional.ofNullable(path.group(2)).orElse("")) {
            case "" -> page("Run " + run, run(reading.standing(run)));
            case "live" -> live(asked, reading.standing(run));
            case "report" -> reading.reportPage(run);
            default -> throw unknown(asked);
        };
    }

    private static Problem unknown(Asked asked) {
        return new Problem(
                Problem.Kind.ROUTE,
                "Cannot show " + asked.path() + ": there is no such page. Nothing was changed. Start at /runs.");
    }

    /** Does what a form asks for, and shows the run that it is about. */
    private Answer done(Asked asked) {
        var form = asked.form();
        if (asked.path().equals("/runs/new")) {
            return form.getOrDefault("do", "check").equals("analyze") ? analyze(form) : checked(form);
        }
        var path = OF_A_RUN.matcher(asked.path());
        if (!path.matches() || path.group(2) == null) {
            throw unknown(asked);
        }
        var run = path.group(1);
        var body = JsonNodeFactory.instance.objectNode();
        Optional.ofNullable(form.get("confirm")).ifPresent(name -> body.put("confirm", name));
        try {
            var answer = switch (path.group(2)) {
                case "pause" -> operations.pause(run, body);
                case "unpause" -> operations.unpause(run, body);
                case "limit" -> operations.limit(run, limits(form));
                case "stop" -> operations.stop(run, body);
                case "resume" -> operations.resume(run, body);
                case "verify" -> operations.verify(run, body);
                case "rollback" -> operations.rollback(run, body);
                case "migrate" -> migrate(run, body);
                default -> throw unknown(asked);
            };
            return Answer.seeOther(answer.headers()
                    .getOrDefault("Location", "/api/runs/" + run)
                    .replaceFirst("^/api", ""));
        } catch (RuntimeException e) {
            var problem = Api.problem(e);
            if (problem.kind() == Problem.Kind.UNKNOWN_RUN || problem.kind() == Problem.Kind.ROUTE) {
                throw problem;
            }
            return page(
                    problem.kind().status(), problem.kind().title(), run(reading.standing(run)), Optional.of(problem));
        }
    }

    private static ObjectNode limits(Map<String, String> form) {
        var body = JsonNodeFactory.instance.objectNode().put("none", true);
        for (var name : List.of("read", "write")) {
            Optional.ofNullable(form.get(name)).ifPresent(units -> {
                if (!units.matches("[0-9]{1,9}")) {
                    throw new Problem(
                            Problem.Kind.FIELD,
                            "Cannot limit the run: \"" + units
                                    + "\" is not a whole number. Nothing was changed. Correct it.");
                }
                body.put(name, Integer.parseInt(units));
            });
        }
        return body;
    }

    /** Migrates the very plan that the run has analyzed, with the same parameters. */
    private Answer migrate(String run, ObjectNode body) {
        var standing = reading.standing(run);
        if (!RunView.mayMigrate(standing)) {
            throw new Problem(
                    Problem.Kind.RUN_REFUSED,
                    "Cannot migrate the plan of run " + run
                            + ": the run is no whole analysis whose verdict is ready. Nothing was started. Analyze the plan first.");
        }
        body.put("action", Action.MIGRATE.word());
        body.put(
                "plan",
                "s3://" + behind.about().bucket() + "/"
                        + new RunFolder(standing.run().id()).planAsWritten().name());
        if (!standing.run().parameters().isEmpty()) {
            var parameters = body.putObject("parameters");
            standing.run().parameters().forEach(parameters::put);
        }
        body.put("allowWarnings", RunView.hasWarnings(standing));
        return starts.start(body, Optional.empty());
    }

    private Answer analyze(Map<String, String> form) {
        var text = form.getOrDefault("plan", "");
        if (PlanReader.read(text, Map.of()) instanceof PlanReading.Valid) {
            var body = JsonNodeFactory.instance
                    .objectNode()
                    .put("action", Action.ANALYZE.word())
                    .put("plan", text);
            var run = starts.start(body, Optional.empty()).headers().get("Location");
            return Answer.seeOther(run.replaceFirst("^/api", ""));
        }
        return checked(form);
    }

    private Answer checked(Map<String, String> form) {
        var text = form.getOrDefault("plan", "");
        var reading = PlanReader.read(text, Map.of());
        var problems = switch (reading) {
            case PlanReading.Valid valid -> valid.warnings();
            case PlanReading.Invalid invalid -> invalid.problems();
        };
        var sentence = reading instanceof PlanReading.Valid
                ? problems.isEmpty() ? "The plan has no problem." : "The plan can be used. Read the warnings."
                : "The plan cannot be used. Correct it.";
        var content = NEW.fill(
                Map.of("text", text, "checked", Map.of("sentence", sentence, "problems", RunView.problems(problems))));
        return page("New run", content);
    }

    private Map<String, ?> runs(Asked asked) {
        var phases = Arrays.stream(Phase.values())
                .map(phase -> Map.of(
                        "word", phase.word(), "chosen", asked.query("phase").equals(Optional.of(phase.word()))))
                .toList();
        return Map.of("plan", asked.query("plan").orElse(""), "phases", phases, "list", LIST.fill(list(asked)));
    }

    private Map<String, ?> list(Asked asked) {
        var page = reading.page(asked);
        var map = new HashMap<String, Object>();
        map.put("query", query(asked, List.of("plan", "phase", "after")));
        map.put("filter", query(asked, List.of("plan", "phase")));
        map.put("runs", page.runs().stream().map(Pages::row).toList());
        map.put("next", page.next().map(Object::toString).orElse(""));
        return map;
    }

    private static String query(Asked asked, List<String> names) {
        return names.stream()
                .flatMap(name -> asked.query(name).map(value -> name + "=" + encoded(value)).stream())
                .collect(Collectors.joining("&"));
    }

    private static Map<String, ?> row(RunSummary run) {
        return Map.of(
                "id", run.id().value(),
                "plan", run.plan(),
                "action", run.action(),
                "phase", run.phaseAndPart(),
                "tone", RunView.tone(run),
                "started", run.started(),
                "records", run.estimatedRecords());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String run(Standing standing) {
        return RUN.fill(view.page(standing));
    }

    /** Where what can be done has changed, the whole page is loaded again. */
    private Answer live(Asked asked, Standing standing) {
        var answer = fragment(view.live(standing));
        return asked.query("was").equals(Optional.of(RunView.was(standing)))
                ? answer
                : answer.with("HX-Refresh", "true");
    }

    private static Answer fragment(String html) {
        return Answer.text("text/html", html);
    }

    private Answer page(String title, String content) {
        return page(200, title, content, Optional.empty());
    }

    private Answer page(int status, String title, String content, Optional<Problem> problem) {
        var map = new HashMap<String, Object>();
        map.put("title", title);
        map.put("stack", behind.about().stack());
        map.put("version", behind.about().version());
        map.put("content", content);
        problem.ifPresent(
                found -> map.put("problem", Map.of("title", found.kind().title(), "detail", found.getMessage())));
        return new Answer(
                status, Map.of("Content-Type", "text/html; charset=utf-8", "Rekey-Page", "console"), PAGE.fill(map));
    }
}
