package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.identity.IdTranslation;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.status.KnownRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rekey id}. */
@Command(
        name = "id",
        description = "Print the new ids for old ids, or the old ids for new ids.",
        footer = "  rekey id plan.yaml --table Projects p-17")
final class IdCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan file.")
    private Path plan;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ID",
            description = "Ids, binary ids in Base64; or - for ids from standard input, one per line.")
    private List<String> ids;

    @Option(names = "--table", paramLabel = "TABLE", description = "The table's name in the plan.")
    private Optional<String> table = Optional.empty();

    @Option(names = "--family", paramLabel = "FAMILY", description = "The family's name in the plan.")
    private Optional<String> family = Optional.empty();

    @Option(
            names = "--type",
            paramLabel = "S|N|B",
            description =
                    "Type of the old ids (default: that of the family; for a family of tables, read from the table with --local, --profile, --region or --stack; otherwise N if the plan has digits, else S).")
    private Optional<KeyType> type = Optional.empty();

    @Option(names = "--reverse", description = "Print the old ids for new ids. Not possible for derived ids.")
    private boolean reverse;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "Use the plan and the mapping that are frozen in this run of the plan.")
    private Optional<String> run = Optional.empty();

    IdCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        checkOptions();
        var file = PlanFile.read(environment, "compute an id with", plan);
        if (run.isEmpty()) {
            var reach = new Reach.ToOpen(environment.deployments(), options.place(environment));
            var mapping = new IdMapping(environment, reach, "compute an id with");
            return print(new IdSource.Now(file, mapping, this::described));
        }
        try (var deployment = environment.deployments().openToRead(options.place(environment))) {
            var known = KnownRun.find(
                    Buckets.documents(deployment, environment), deployment.bucket(), "compute an id of", run.get());
            return print(IdSource.OfRun.of(Buckets.documents(deployment, environment), known, file));
        }
    }

    private void checkOptions() {
        if (table.isPresent() == family.isPresent()) {
            throw CommandFailure.usage("Cannot compute an id: "
                    + (table.isPresent() ? "--table and --family cannot be combined" : "--table or --family is missing")
                    + ". Nothing was read. Name the table or the family that the id belongs to.");
        }
    }

    private int print(IdSource source) {
        var chosen = table.map(name -> IdFamily.ofTable(source.plan(), name))
                .orElseGet(() -> IdFamily.of(source.plan(), family.orElseThrow()));
        refuseOneWay(chosen);
        var translation = source.translation(chosen, typeOf(chosen, source));
        var direction = reverse ? IdDirection.REVERSE : IdDirection.FORWARD;
        var given = given();
        var answers = IdAnswers.of(translation, direction, given.ids());
        if (options.json()) {
            json(translation, answers, given);
        } else {
            var lines = given.isOne() ? answers.lines(given.ids().getFirst()) : answers.pairs();
            lines.forEach(environment.console().out()::println);
        }
        environment.console().out().flush();
        return 0;
    }

    private void json(IdTranslation translation, IdAnswers answers, Given given) {
        var document = JsonNodeFactory.instance.objectNode();
        table.ifPresent(name -> document.put("table", name));
        document.put("family", translation.family().name().value());
        document.put("type", answers.type().name());
        if (given.isOne()) {
            answers.put(document, given.ids().getFirst());
        } else {
            answers.putAll(document);
        }
        environment.console().out().println(document.toPrettyString());
    }

    /** @param isOne whether the answer belongs to one id for certain, so that it need not be repeated */
    private record Given(List<String> ids, boolean isOne) {}

    private Given given() {
        if (!ids.equals(List.of(STANDARD_INPUT))) {
            return new Given(ids, ids.size() == 1);
        }
        var lines = environment
                .console()
                .in()
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
        return new Given(lines, false);
    }

    private void refuseOneWay(IdFamily chosen) {
        if (reverse && !IdTranslation.reverses(chosen.rule())) {
            throw CommandFailure.usage(
                    "Cannot compute old ids of family " + chosen.name()
                            + ": its ids are derived, and a hash has no inverse. Nothing was changed. List the old and new ids of a run with: rekey report --run RUN --ids.");
        }
    }

    private KeyType typeOf(IdFamily chosen, IdSource source) {
        if (chosen.rule() instanceof IdentityRule.Lookup lookup) {
            var declared = lookup.ids().old();
            if (type.filter(given -> given != declared).isPresent()) {
                throw CommandFailure.usage("Cannot compute an id of family " + chosen.name() + ": --type is "
                        + type.get() + ", but the plan declares ids of type " + declared
                        + ". Nothing was read. Omit --type.");
            }
            return declared;
        }
        var found = type.or(() -> source.type(chosen)).orElseGet(() -> usual(chosen.rule()));
        if (found == KeyType.N && chosen.rule() instanceof IdentityRule.Derive(var _, var digits) && digits.isEmpty()) {
            throw CommandFailure.usage(
                    "Cannot compute an id of family " + chosen.name()
                            + ": its ids are numbers, and the plan does not say how many digits new ones have. Nothing was read. Add digits to the plan, or correct --type.");
        }
        return found;
    }

    private static KeyType usual(IdentityRule rule) {
        return switch (rule) {
            case IdentityRule.Derive(var _, var digits) -> digits.isPresent() ? KeyType.N : KeyType.S;
            case IdentityRule.Keep() -> KeyType.S;
            case IdentityRule.Lookup lookup -> lookup.ids().old();
        };
    }

    /** The type of the key of the family's table, if the user says where the table is. */
    private Optional<KeyType> described(Plan read, IdFamily chosen) {
        return options.namesAPlace() ? chosen.table().map(each -> described(read, each)) : Optional.empty();
    }

    private KeyType described(Plan read, TablePlan chosen) {
        try (var account = environment.deployments().account(options.place(environment))) {
            // Records of files have the keys of the table that they go to.
            boolean ofFiles = chosen.file().isPresent();
            var table = ofFiles ? chosen.target() : chosen.source();
            var shape = account.describe(ofFiles ? read.target() : read.source(), table)
                    .orElseThrow(() -> refusal(chosen, "the table does not exist: " + table));
            return KeyRoles.self(chosen, shape)
                    .map(KeyAttribute::type)
                    .orElseThrow(() -> refusal(chosen, "the table's key consists of references only"));
        }
    }

    private static CommandFailure refusal(TablePlan chosen, String fact) {
        return CommandFailure.usage("Cannot compute an id of table " + chosen.name() + ": " + fact
                + ". Nothing was changed. Check --table, --family and --type.");
    }
}
