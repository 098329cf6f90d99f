package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Columns;
import dev.rekey.cli.text.Numbers;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.run.LedgerCheck;
import dev.rekey.engine.run.LedgerText;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.status.KnownRun;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey ledger}. */
@Command(
        name = "ledger",
        description = "Show every decision of a run, and check the history for changes.",
        footer = "  rekey ledger --run RUN --verify")
final class LedgerCommand implements Callable<Integer> {
    private static final String INDENT = "       ";
    private static final String VERB = "show the ledger of";

    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run's id.")
    private String run;

    @Option(names = "--verify", description = "Recompute the hash chain.")
    private boolean verify;

    LedgerCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var deployment = environment.deployments().openToRead(options.place(environment))) {
            var id = KnownRun.id(VERB, run);
            var documents = Buckets.documents(deployment, environment);
            var entries = Stored.all(documents, id);
            if (!CreationLedger.holds(entries)) {
                var _ = KnownRun.find(Buckets.documents(deployment, environment), deployment.bucket(), VERB, run);
            }
            var check =
                    verify ? Optional.of(LedgerCheck.check(documents, id)) : Optional.<LedgerCheck.CheckOutcome>empty();
            show(id, entries, check);
            return check.map(LedgerCommand::code).orElse(ExitCode.DONE).number();
        }
    }

    private void show(RunId id, List<Stored> entries, Optional<LedgerCheck.CheckOutcome> check) {
        var console = environment.console();
        if (options.json()) {
            console.out().println(json(id, entries, check).toPrettyString());
        } else {
            lines(entries).forEach(console::show);
            check.ifPresent(outcome -> {
                switch (outcome) {
                    case LedgerCheck.CheckOutcome.Whole found -> console.show(whole(found));
                    case LedgerCheck.CheckOutcome.Broken found ->
                        console.tell(broken(id, found).getMessage());
                }
            });
        }
        console.out().flush();
        console.err().flush();
    }

    private static ObjectNode json(RunId id, List<Stored> entries, Optional<LedgerCheck.CheckOutcome> check) {
        var document = JsonNodeFactory.instance.objectNode().put("run", id.value());
        var list = document.putArray("entries");
        entries.forEach(stored -> list.add(stored.json()));
        check.ifPresent(outcome -> {
            var verification = document.putObject("verification");
            switch (outcome) {
                case LedgerCheck.CheckOutcome.Whole(int all, int held) ->
                    verification.put("fits", true).put("entries", all).put("held", held);
                case LedgerCheck.CheckOutcome.Broken found -> {
                    verification.put("fits", false).put("entry", found.entry()).put("problem", found.problem());
                    document.setAll(broken(id, found).document());
                }
            }
        });
        return document;
    }

    /** Each decision, and by whom it was made, below when and where. */
    private static List<String> lines(List<Stored> entries) {
        var columns = new Columns("entry", "at", "execution");
        var below = new ArrayList<>(List.of(List.of("decision")));
        for (var stored : entries) {
            stored.entry()
                    .ifPresentOrElse(
                            entry -> columns.row(
                                    Integer.toString(entry.sequence()),
                                    entry.at().truncatedTo(ChronoUnit.MILLIS).toString(),
                                    entry.task().map(RunId::value).orElse("-")),
                            () -> columns.row("-", "-", "-"));
            below.add(stored.entry()
                    .map(entry -> Stream.concat(
                                    Stream.of(LedgerText.of(entry.decision())),
                                    entry.by().map(by -> "by " + by.words()).stream())
                            .toList())
                    .orElse(List.of(stored.key() + " holds no entry")));
        }
        var rows = columns.lines().iterator();
        return below.stream()
                .flatMap(words -> Stream.concat(
                        Stream.of(rows.next()),
                        words.stream().map(Wording::visible).map(INDENT::concat)))
                .toList();
    }

    private static ExitCode code(LedgerCheck.CheckOutcome outcome) {
        return switch (outcome) {
            case LedgerCheck.CheckOutcome.Whole _ -> ExitCode.DONE;
            case LedgerCheck.CheckOutcome.Broken _ -> ExitCode.VERIFICATION_FAILED;
        };
    }

    private static CommandFailure broken(RunId id, LedgerCheck.CheckOutcome.Broken found) {
        return new CommandFailure(
                ExitCode.VERIFICATION_FAILED,
                "LedgerBroken",
                "Cannot confirm the ledger of run %s: entry %d breaks the hash chain: %s. Nothing was changed. Compare the ledger's objects with their earlier versions."
                        .formatted(id, found.entry(), found.problem()));
    }

    private static String whole(LedgerCheck.CheckOutcome.Whole found) {
        return "The hash chain of " + Numbers.count(found.entries())
                + Wording.agree(found.entries(), " entry", " entries") + " is intact. "
                + (found.held() == found.entries()
                        ? "A report confirms the last entry."
                        : "No report confirms what follows entry " + found.held()
                                + ", so entries removed from the end cannot be detected.");
    }
}
