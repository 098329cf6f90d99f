package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.aws.invocation.VirtualThreadConcurrency;
import dev.rekey.cli.deployment.Account;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.text.Numbers;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.draft.DraftedPlan;
import dev.rekey.engine.draft.PlanDraft;
import dev.rekey.engine.draft.SourceTable;
import dev.rekey.engine.draft.TableTemplate;
import dev.rekey.engine.scan.TableSource;
import dev.rekey.engine.store.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey init}. */
@Command(
        name = "init",
        description = "Draft a plan from existing tables. Writes to no table.",
        footer = "  rekey init --source \"{table}-staging\" --target \"{table}-production\" > plan.yaml")
final class InitCommand implements Callable<Integer> {
    /** For one page. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Environment environment;

    @Mixin
    private AccountOptions options = new AccountOptions();

    @Option(
            names = "--source",
            required = true,
            paramLabel = "TEMPLATE",
            description = "Template of the tables' physical names, such as \"{table}-staging\".")
    private String source;

    @Option(
            names = "--target",
            paramLabel = "TEMPLATE",
            description = "Template of the target tables' physical names, such as \"{table}-production\".")
    private Optional<String> target = Optional.empty();

    InitCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var from = template("--source", source);
        var to = target.map(text -> template("--target", text));
        if (to.filter(from::equals).isPresent()) {
            throw CommandFailure.usage(
                    "Cannot draft a plan: --source and --target are both " + source
                            + ", but a table cannot be migrated into itself. Nothing was read. Use another template for the target.");
        }
        try (var account = environment.deployments().account(options.place(environment))) {
            var side = new Side(source, Optional.empty(), Optional.empty(), Optional.empty(), false);
            var tables = tables(account, side, from, to);
            tell("Reading every record of " + Numbers.count(tables.size(), "table") + " twice.");
            var concurrency = new VirtualThreadConcurrency();
            print(new PlanDraft(new TableSource(account.tables(side), this::backoff, concurrency), concurrency)
                    .draft(from, to, tables));
        }
        return 0;
    }

    private TableTemplate template(String option, String text) {
        try {
            return new TableTemplate(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("Cannot draft a plan: the template " + text + " of " + option + " is not valid: "
                    + e.getMessage() + ". Nothing was read. Use a template such as \"{table}-staging\".");
        }
    }

    private List<SourceTable> tables(Account account, Side side, TableTemplate from, Optional<TableTemplate> to) {
        var names = account.tableNames(side);
        var tables = names.stream()
                .filter(physical -> from.nameOf(physical).isPresent())
                .filter(physical -> to.filter(template -> template.isTargetOf(from, physical))
                        .isEmpty())
                .flatMap(physical -> account.tables(side).describe(physical).stream())
                .map(shape -> new SourceTable(from.nameOf(shape.table()).orElseThrow(), shape))
                .toList();
        if (tables.isEmpty()) {
            throw CommandFailure.usage("Cannot draft a plan: none of " + Numbers.count(names.size(), "table")
                    + " matches the template " + source
                    + ". Nothing was read. Check --source, --region and --profile.");
        }
        return tables;
    }

    private Backoff backoff() {
        var time = environment.time();
        return new Backoff(time, environment.random(), time.instant().plus(LONGEST_WAIT));
    }

    private void print(DraftedPlan plan) {
        var out = environment.console().out();
        if (options.json()) {
            out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("tables", plan.tables())
                    .put("records", plan.records())
                    .put("references", plan.references())
                    .put("doubtful", plan.doubtful())
                    .put("composite", plan.composite())
                    .put("plan", plan.text())
                    .toPrettyString());
        } else {
            out.print(plan.text());
        }
        out.flush();
        tell("Found " + Numbers.count(plan.references(), "reference") + " in " + Numbers.count(plan.records(), "record")
                + "." + doubtful(plan.doubtful()));
        if (plan.composite() > 0) {
            tell(Numbers.count(plan.composite(), "key attribute")
                    + " with ids inside longer values: declare in the plan what these keys hold before you migrate.");
        }
        tell("Next:");
        var commands = new SuggestedCommands(options.placeWords());
        next(plan).forEach(line -> tell("  " + commands.in(line)));
    }

    /** What is to be decided, then the commands that say whether it is right. */
    private List<String> next(DraftedPlan plan) {
        var file = "plan.yaml";
        return Stream.of(
                        Stream.of("decide  the namespace" + (target.isEmpty() ? " and the target" : "")),
                        Optional.of(plan.decisions())
                                .filter(number -> number > 0)
                                .map(number -> "decide  " + Numbers.count(number, "place")
                                        + Wording.agree(number, " that says", " that say") + " \"To decide\"")
                                .stream(),
                        Optional.of(plan.doubtful())
                                .filter(number -> number > 0)
                                .map(number -> "review  " + Numbers.count(number, "commented reference"))
                                .stream(),
                        Stream.of(
                                "rekey analyze " + file,
                                "rekey test " + file + " --table TABLE",
                                "rekey migrate " + file))
                .flatMap(lines -> lines)
                .toList();
    }

    private static String doubtful(long number) {
        return number == 0
                ? ""
                : " " + Numbers.count(number, "possible reference")
                        + Wording.agree(number, " is commented out: review it.", " are commented out: review them.");
    }

    private void tell(String line) {
        environment.console().tell(line);
    }
}
