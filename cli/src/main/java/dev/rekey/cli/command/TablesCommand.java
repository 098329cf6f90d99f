package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.deployment.Account;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Confirmation;
import dev.rekey.cli.text.Numbers;
import dev.rekey.cli.text.TablesText;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.tables.ComparedTable;
import dev.rekey.engine.tables.PlannedTables;
import dev.rekey.engine.tables.SchemaDifference.Remedy;
import dev.rekey.engine.tables.TableCreation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** {@code rekey tables}. */
@Command(
        name = "tables",
        description = "Compare the target's tables with the source's and with the plan, and create what is missing.",
        footer = "  rekey tables plan.yaml --create")
final class TablesCommand implements Callable<Integer> {
    private static final String VERB = "create the tables of ";

    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Parameters(paramLabel = "PLAN", description = "The plan file.")
    private Path plan;

    @Option(
            names = "--create",
            description =
                    "Create missing tables, and missing indexes of tables that are empty. Changes no other table.")
    private boolean create;

    @Option(names = "--yes", description = "Do not ask for confirmation. With --create.")
    private boolean yes;

    TablesCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (yes && !create) {
            throw CommandFailure.usage("Cannot compare the tables of " + plan
                    + ": --yes is given without --create. Nothing was created. Add --create, or omit --yes.");
        }
        var file = PlanFile.read(environment, "compare the tables of", plan);
        var read = file.reading().plan();
        var further = FurtherTables.read(file);
        if (!create) {
            try (var account = environment.deployments().account(options.place(environment))) {
                return show(read, compare(account, read, further, _ -> false), Optional.empty());
            }
        }
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var ours = new CreatedTables(Buckets.documents(deployment, environment));
            var before = compare(deployment, read, further, ours);
            refuse(before);
            var missing = TableCreation.of(before);
            if (missing.isEmpty()) {
                return show(read, before, Optional.empty());
            }
            new Confirmation(environment.console(), yes).ask(VERB + plan, whatWillBeDone(missing), read.name());
            var ledger = new CreationLedger(environment, deployment, read);
            create(deployment, read, before, ledger);
            return show(read, compare(deployment, read, further, _ -> false), Optional.of(ledger));
        }
    }

    /** @param ours whether an earlier creation made the table with an id */
    private static List<ComparedTable> compare(
            Account account, Plan plan, List<CreateTableRequest> further, Predicate<String> ours) {
        return new PlannedTables(
                        plan, further, account.definitions(plan.source()), account.definitions(plan.target()), ours)
                .compare();
    }

    private void refuse(List<ComparedTable> compared) {
        var facts = TablesText.refused(compared);
        if (!facts.isEmpty()) {
            throw CommandFailure.refused("Cannot " + VERB + plan + ": " + String.join("; ", facts)
                    + ". Nothing was created. Correct the plan or these tables, and run the command again.");
        }
    }

    private static List<String> whatWillBeDone(List<String> missing) {
        var lines = new ArrayList<String>();
        lines.add("Creates, with your permissions:");
        missing.forEach(what -> lines.add("  " + what));
        return lines;
    }

    private void create(Account account, Plan read, List<ComparedTable> compared, CreationLedger ledger) {
        ledger.begin(TableCreation.of(compared));
        ledger.guard(
                VERB + plan,
                () -> new TableCreation(account.definitions(read.target()), environment.time(), ledger::created)
                        .create(compared));
    }

    private int show(Plan read, List<ComparedTable> compared, Optional<CreationLedger> ledger) {
        var code = compared.stream().allMatch(table -> table.differences().isEmpty())
                ? ExitCode.DONE
                : ExitCode.VERIFICATION_FAILED;
        var out = environment.console().out();
        if (options.json()) {
            out.println(json(read, compared, ledger, code).toPrettyString());
        } else {
            TablesText.lines(compared).forEach(environment.console()::show);
            environment.console().show(TablesText.sum(compared));
            ledger.ifPresent(made -> {
                environment
                        .console()
                        .show("Created " + Numbers.count(made.made().size(), "object")
                                + ". They are listed by: rekey ledger --run "
                                + made.id().value() + options.placeWords());
            });
        }
        out.flush();
        return code.number();
    }

    private static ObjectNode json(
            Plan read, List<ComparedTable> compared, Optional<CreationLedger> ledger, ExitCode code) {
        var document =
                JsonNodeFactory.instance.objectNode().put("plan", read.name().value());
        var list = document.putArray("tables");
        for (var table : compared) {
            var one = list.addObject()
                    .put("table", table.table().name())
                    .put("role", table.role().word())
                    .put("exists", table.found().isPresent());
            var names = one.putArray("planned");
            table.tables().forEach(name -> names.add(name.value()));
            var differences = one.putArray("differences");
            table.differences()
                    .forEach(difference -> differences
                            .addObject()
                            .put("in", difference.what())
                            .put("found", difference.found())
                            .put("expected", difference.wanted())
                            .put("creatable", difference.remedy() == Remedy.CREATED)
                            .put("refused", difference.remedy() == Remedy.REFUSED));
        }
        ledger.ifPresent(made -> {
            var created = document.putArray("created");
            made.made().forEach(created::add);
            document.put("ledger", made.id().value());
        });
        if (code != ExitCode.DONE) {
            document.put("exitCode", code.number());
        }
        return document;
    }
}
