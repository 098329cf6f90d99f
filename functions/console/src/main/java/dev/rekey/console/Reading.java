package dev.rekey.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.status.PlanProblems;
import dev.rekey.engine.status.Report;
import dev.rekey.engine.status.RollbackQuestion;
import dev.rekey.engine.status.RunList;
import dev.rekey.engine.status.RunProgress;
import dev.rekey.engine.status.RunSummary;
import dev.rekey.engine.status.Standing;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is to be known of runs and plans; nothing is changed. */
final class Reading {
    private static final int USUAL_PAGE = 50;
    static final int LONGEST_PAGE = 500;
    private static final String POLL = "Rekey-Poll-Seconds";
    private static final int MANY_SEGMENTS = 1_000;

    private final Behind behind;

    Reading(Behind behind) {
        this.behind = behind;
    }

    Answer health() {
        var about = behind.about();
        return Answer.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("version", about.version())
                        .put("stack", about.stack())
                        .put("bucket", about.bucket())
                        .put("auth", about.auth()));
    }

    Answer check(ObjectNode body) {
        var fields = new Fields(body, "check the plan");
        fields.check(Map.of("plan", Fields.Type.TEXT, "parameters", Fields.Type.VALUES));
        var text = fields.text("plan").orElseThrow(() -> fields.wrong("\"plan\" is missing", "Send the plan's text."));
        var document = JsonNodeFactory.instance.objectNode();
        switch (PlanReader.read(text, fields.values("parameters"))) {
            case PlanReading.Valid valid ->
                document.put("valid", true)
                        .put("plan", valid.plan().name().value())
                        .set("problems", PlanProblems.json(valid.warnings()));
            case PlanReading.Invalid(var problems) ->
                document.put("valid", false).set("problems", PlanProblems.json(problems));
        }
        return Answer.json(200, document);
    }

    /** @param next id to go on after; empty if there are no more */
    record PageOfRuns(List<RunSummary> runs, Optional<RunId> next) {}

    Answer runs(Asked asked) {
        var page = page(asked);
        var document = JsonNodeFactory.instance.objectNode();
        var list = document.putArray("runs");
        page.runs().forEach(run -> list.add(run.json()));
        page.next().ifPresent(next -> document.put("next", next.value()));
        return Answer.json(200, document).with(POLL, "10");
    }

    /** Newest first. No other run is read than those that are looked through for the page. */
    PageOfRuns page(Asked asked) {
        int limit = limit(asked);
        var plan = asked.query("plan");
        var phase = asked.query("phase");
        var after = asked.query("after").map(text -> KnownRun.id("list the runs after", text));
        var list = new RunList(behind.documents().get());
        var ids = list.ids().reversed().stream()
                .filter(id -> after.filter(from -> id.compareTo(from) >= 0).isEmpty())
                .toList();
        var found = new ArrayList<RunSummary>();
        for (int from = 0; from < ids.size() && found.size() <= limit; from += LONGEST_PAGE) {
            var some = ids.subList(
                    from, Math.min(ids.size(), from + (plan.isEmpty() && phase.isEmpty() ? limit + 1 : LONGEST_PAGE)));
            behind.documents().get().each(some, list::summary).stream()
                    .filter(run -> plan.filter(name -> !run.plan().equals(name)).isEmpty())
                    .filter(run ->
                            phase.filter(word -> !run.phase().equals(word)).isEmpty())
                    .forEach(found::add);
        }
        var shown = found.subList(0, Math.min(limit, found.size())).stream()
                .map(run -> run.lookedAt(behind.workflow()))
                .toList();
        return new PageOfRuns(
                shown,
                Optional.of(shown)
                        .filter(_ -> found.size() > limit)
                        .map(all -> all.getLast().id()));
    }

    static int limit(Asked asked) {
        var given = asked.query("limit");
        var limit = given.filter(text -> text.matches("[0-9]{1,4}")).map(Integer::parseInt);
        if (given.isPresent()
                && limit.filter(most -> most >= 1 && most <= LONGEST_PAGE).isEmpty()) {
            throw new Problem(
                    Problem.Kind.FIELD,
                    "Cannot give a page: \"limit\" is not between 1 and " + LONGEST_PAGE
                            + ". Nothing was read. Correct \"limit\".");
        }
        return limit.orElse(USUAL_PAGE);
    }

    Answer run(String run) {
        var standing = standing(run);
        var document = standing.json();
        standing.progress().ifPresent(progress -> addTables(progress, document));
        var actions = document.putArray("actions");
        Possible.of(standing).forEach(action -> actions.add(action.word()));
        if (Possible.of(standing).contains(Possible.ROLLBACK)) {
            document.putObject("questions").set("rollback", question(run));
        }
        return Answer.json(200, document).with(POLL, segments(standing) < MANY_SEGMENTS ? "2" : "10");
    }

    /** How the run stands. */
    Standing standing(String run) {
        var documents = behind.documents().get();
        var summary = KnownRun.look(
                        documents,
                        behind.about().bucket(),
                        "show",
                        run,
                        behind.time().instant())
                .lookedAt(behind.workflow());
        return Standing.of(
                documents,
                behind.about().bucket(),
                summary,
                summary.execution(behind.workflow()),
                Optional.empty(),
                behind.time().instant(),
                behind.about().place());
    }

    private static int segments(Standing standing) {
        return standing.progress().stream()
                .flatMap(progress -> progress.tables().stream())
                .mapToInt(table -> table.segments().all())
                .sum();
    }

    private static void addTables(RunProgress progress, ObjectNode document) {
        var tables = document.putArray("tables");
        progress.tables().forEach(table -> {
            var json = tables.addObject()
                    .put("table", table.table().value())
                    .put("level", table.level())
                    .put("expected", table.expected())
                    .put("done", table.records());
            table.verified().ifPresent(verified -> json.put("verified", verified));
            json.put("share", table.share())
                    .put("segments", table.segments().all())
                    .put("segmentsDone", table.segments().copied());
        });
    }

    /** What is to be known before a rollback is confirmed. */
    ObjectNode question(String run) {
        var documents = behind.documents().get();
        var known = KnownRun.find(documents, behind.about().bucket(), "roll back", run);
        var question = new RollbackQuestion(documents, known, Undoing.ALL);
        var document = JsonNodeFactory.instance.objectNode();
        document.put("confirm", known.manifest().plan().value());
        lines(document.putArray("lines"), question.lines());
        lines(document.putArray("tables"), question.counted());
        return document;
    }

    private static void lines(ArrayNode list, List<String> lines) {
        lines.forEach(list::add);
    }

    Answer log(String run) {
        var id = KnownRun.id("show the log of", run);
        var documents = behind.documents().get();
        var entries = Stored.all(documents, id);
        if (entries.isEmpty()) {
            KnownRun.find(documents, behind.about().bucket(), "show the log of", run);
        }
        var document = JsonNodeFactory.instance.objectNode().put("run", run);
        var list = document.putArray("entries");
        entries.forEach(stored -> list.add(stored.json()));
        return Answer.json(200, document);
    }

    Answer report(String run) {
        return Answer.json(200, Documents.tree(newest(run).content()));
    }

    /** The page that the execution made which ended last. */
    Answer reportPage(String run) {
        var address = newest(run).page();
        var key = new ObjectKey(address.substring(("s3://" + behind.about().bucket() + "/").length()));
        return behind.documents()
                .get()
                .bytes(key)
                .map(found -> Answer.text("text/html", new String(found.content(), StandardCharsets.UTF_8)))
                .orElseThrow(() -> none(run));
    }

    Report newest(String run) {
        var documents = behind.documents().get();
        var known = KnownRun.find(documents, behind.about().bucket(), "show the report of", run);
        return Report.newest(documents, behind.about().bucket(), known.id()).orElseThrow(() -> none(run));
    }

    private static Problem none(String run) {
        return new Problem(
                Problem.Kind.NO_REPORT,
                "Cannot show the report of run " + run
                        + ": none of its executions has written one yet. Nothing was changed. Ask again when the run has ended.");
    }

    /** What can be done with a run as it stands. */
    enum Possible {
        PAUSE,
        UNPAUSE,
        LIMIT,
        STOP,
        RESUME,
        VERIFY,
        ROLLBACK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static List<Possible> of(Standing standing) {
            var run = standing.run();
            var phase = run.control().map(control -> control.phase());
            boolean unfinished = phase.filter(found -> found.isUnfinished()).isPresent();
            boolean writes = run.manifest().filter(found -> found.mayWrite()).isPresent();
            if (run.manifest().isEmpty()) {
                return unfinished ? List.of(STOP) : List.of();
            }
            if (standing.isWorked()) {
                boolean test = Action.of(run.action()).equals(Optional.of(Action.TEST));
                if (!unfinished || test) {
                    return unfinished ? List.of(STOP) : List.of();
                }
                return List.of(run.paused().isPresent() ? UNPAUSE : PAUSE, LIMIT, STOP);
            }
            if (unfinished) {
                return writes ? List.of(RESUME, ROLLBACK) : List.of(STOP);
            }
            return phase.filter(found -> found == Phase.MIGRATED).isPresent() ? List.of(VERIFY, ROLLBACK) : List.of();
        }
    }
}
