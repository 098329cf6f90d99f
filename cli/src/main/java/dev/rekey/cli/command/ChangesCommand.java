package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.text.ChangesText;
import dev.rekey.cli.text.Console;
import dev.rekey.cli.text.Numbers;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.ChangeList;
import dev.rekey.engine.analyze.RecordChange;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.ChangeKind;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey changes}. */
@Command(
        name = "changes",
        description = "Show what a migration would do with each record, as 'rekey analyze --changes' listed it.",
        footer = "  rekey changes --run RUN --table Projects --kind change")
final class ChangesCommand implements Callable<Integer> {
    private static final String VERB = "show the changes of";
    private static final int USUALLY_SHOWN = 100;

    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "The id of the analysis.")
    private String run;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description =
                    "Only records of this table, by its name in the plan; with ~created behind the name, only those that are created for references to it. Repeat the option for more.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only these: create, change, merge, leaveOut, nothing, blocked. Repeat the option for more"
                    + " (default: all but nothing).")
    private List<String> kinds = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "" + USUALLY_SHOWN,
            description = "Show at most N records (default: ${DEFAULT-VALUE}).")
    private long limit = USUALLY_SHOWN;

    @Option(names = "--show-values", description = "Show values before and after, not only names of attributes.")
    private boolean showValues;

    ChangesCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw refusal("--limit is " + limit + ", but a list needs at least 1 record", "Use a larger number");
        }
        var wanted = wanted();
        try (var deployment = environment.deployments().openToRead(options.place(environment))) {
            var known = KnownRun.find(Buckets.documents(deployment, environment), deployment.bucket(), VERB, run);
            check(known);
            var documents = Buckets.documents(deployment, environment);
            var list = new ChangeList(documents, known.manifest());
            var address = "s3://" + deployment.bucket() + "/" + list.prefix();
            if (options.json()) {
                environment
                        .console()
                        .out()
                        .println(document(known, list, wanted, address, new MergeReasons(documents, known))
                                .toPrettyString());
            } else {
                show(list, wanted, address, new MergeReasons(documents, known));
                warn(documents, known);
            }
            environment.console().out().flush();
            return 0;
        }
    }

    private Set<ChangeKind> wanted() {
        var wanted = EnumSet.noneOf(ChangeKind.class);
        for (var word : kinds) {
            wanted.add(Arrays.stream(ChangeKind.values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> refusal(
                            "--kind is " + word,
                            "Use one of: "
                                    + Wording.list(Arrays.stream(ChangeKind.values())
                                            .map(ChangeKind::word)
                                            .toList()))));
        }
        return wanted.isEmpty() ? EnumSet.complementOf(EnumSet.of(ChangeKind.NOTHING)) : wanted;
    }

    private void check(KnownRun known) {
        var detail = known.manifest().options().changes();
        if (detail.isEmpty()) {
            throw refusal("it has no list of them", "List them with: rekey analyze PLAN --changes");
        }
        if (showValues && detail.get() == ChangeDetail.NAMES) {
            throw refusal("its list has no values", "List them with: rekey analyze PLAN --changes --show-values");
        }
        var all = known.manifest().tables().keySet().stream()
                .filter(table -> !table.isMergedAway())
                .sorted()
                .toList();
        for (var table : tables) {
            var name = new TableName(table);
            if (!all.contains(name)) {
                throw refusal("the run has no table " + table, UnknownTable.next(name, all));
            }
        }
    }

    private CommandFailure refusal(String fact, String next) {
        return CommandFailure.usage("Cannot %s run %s: %s. Nothing was changed. %s.".formatted(VERB, run, fact, next));
    }

    private void each(ChangeList list, Set<ChangeKind> wanted, Consumer<RecordChange> line) {
        list.first(
                limit,
                (table, kind) -> wanted.contains(kind) && isShown(table),
                change -> line.accept(showValues ? change : change.named()));
    }

    private boolean isShown(TableName table) {
        return tables.isEmpty()
                || tables.contains(table.value())
                || tables.contains(table.named().value());
    }

    /** Line by line: a list may have millions. */
    private void show(ChangeList list, Set<ChangeKind> wanted, String address, MergeReasons reasons) {
        var console = environment.console();
        var text = new ChangesText(console.output() == Console.Output.COLOURED_TERMINAL);
        var shown = new AtomicLong();
        each(list, wanted, change -> {
            shown.incrementAndGet();
            text.lines(change, reasons.of(change)).forEach(console.out()::println);
        });
        if (shown.get() > 0) {
            console.out().println();
        }
        var counts = new TreeMap<>(list.counts());
        counts.keySet().removeIf(table -> !isShown(table));
        ChangesText.counts(counts).forEach(console.out()::println);
        console.out().println();
        console.out()
                .println("Shown: " + Numbers.count(shown.get()) + " of " + Numbers.count(sum(counts), "record")
                        + ". All of them, one on each line, gzipped:");
        console.out().println(address);
    }

    private static long sum(Map<TableName, Map<ChangeKind, Long>> counts) {
        return counts.values().stream()
                .flatMap(kinds -> kinds.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private void warn(Documents documents, KnownRun known) {
        documents
                .find(new RunFolder(known.id()).control(), Control.class)
                .filter(control -> control.value().phase().isUnfinished())
                .ifPresent(_ ->
                        environment.console().tell("The analysis has not ended. Some records are not listed yet."));
    }

    private ObjectNode document(
            KnownRun known, ChangeList list, Set<ChangeKind> wanted, String address, MergeReasons reasons) {
        var document =
                JsonNodeFactory.instance.objectNode().put("run", known.id().value());
        document.put(
                "detail", known.manifest().options().changes().orElseThrow().word());
        var byTable = document.putObject("tables");
        list.counts().forEach((table, counts) -> {
            var json = byTable.putObject(table.value());
            counts.forEach((kind, count) -> json.put(kind.word(), count));
        });
        ArrayNode changes = document.putArray("changes");
        each(list, wanted, change -> {
            var json = Documents.tree(change);
            reasons.of(change).ifPresent(why -> json.put("why", why));
            changes.add(json);
        });
        return document.put("all", address);
    }
}
