package dev.rekey.core.plan.reading;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Declarations;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.FilePlan;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.Mode;
import dev.rekey.core.plan.OnConflict;
import dev.rekey.core.plan.OnExisting;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.check.AttributeClaims;
import dev.rekey.core.plan.check.CreatesCheck;
import dev.rekey.core.plan.check.KindCheck;
import dev.rekey.core.plan.check.KnownFamilies;
import dev.rekey.core.plan.check.PhysicalTables;
import dev.rekey.core.plan.check.Rests;
import dev.rekey.core.plan.check.RuleCheck;
import dev.rekey.core.plan.check.ThroughCheck;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a plan from a document that the schema has seen. It skips what the schema has refused and goes on, so that the
 * problems of meaning are reported together with those of structure.
 */
final class PlanBuilder {
    private static final int MAX_CLOSURE_LIMIT = 100_000;

    private final Node.Fields root;
    private final Problems problems;
    private final SideReading sourceReading;
    private final SideReading targetReading;
    private final FilesReading files;
    private final ValueReading values;
    private final Declarations declared;
    private final IdentityReading identities;
    private final CreatesReading creates;

    /** @param parameters other values than the plan's, by name */
    PlanBuilder(Node.Fields root, Map<String, String> parameters, Problems problems) {
        this.root = root;
        this.problems = problems;
        this.sourceReading = new SideReading("source", root, problems);
        this.targetReading = new SideReading("target", root, problems);
        this.files = new FilesReading(root, problems);
        this.values = new ValueReading(problems);
        var given = new ParametersReading(values, problems).parameters(root, parameters);
        values.use(given);
        var tables = root.fields("tables").values().keySet();
        this.declared = new Declarations(
                new FamiliesReading(tables, values, problems).families(root),
                given,
                root.texts("notes"),
                root.texts("createTables"));
        this.creates = new CreatesReading(new PlanName(root.text("plan").orElse("")), values);
        this.identities = new IdentityReading(root, declared.families(), problems);
    }

    /** A plan that has no fingerprint yet. */
    record ParsedPlan(
            PlanName name,
            Side source,
            Side target,
            List<TablePlan> tables,
            Plan.Bounds bounds,
            Declarations declared) {
        Plan plan(Fingerprint fingerprint) {
            return new Plan(name, source, target, tables, bounds, declared, fingerprint);
        }
    }

    /** Of use only if no problem was an error. */
    ParsedPlan draft() {
        var source = sourceReading.side();
        // What is changed in place has the same source and target, and so has a plan that copies nothing.
        var target = root.has("target") ? targetReading.side() : source;
        var tables = tables(source, target);
        KnownFamilies.check(tables, problems);
        KnownFamilies.check(declared.families(), tables, problems);
        RuleCheck.check(tables, declared.families(), problems);
        InPlaceOptions.check(root, tables, problems);
        KindCheck.check(root, tables, problems);
        ThroughCheck.check(tables, problems);
        CreatesCheck.check(tables, problems);
        checkPhysical(tables, source, target);
        files.checkSeparator(tables.stream()
                .flatMap(table -> table.file().stream())
                .map(FilePlan::format)
                .collect(Collectors.toSet()));
        return new ParsedPlan(
                new PlanName(root.text("plan").orElse("")),
                source,
                target,
                Rests.with(tables),
                new Plan.Bounds(
                        WholeNumber.in(root, "closureLimit", 1, MAX_CLOSURE_LIMIT),
                        new Limits(limit("readUnitsPerSecond"), limit("writeUnitsPerSecond"))),
                declared);
    }

    private Optional<Integer> limit(String option) {
        return WholeNumber.in(root.fields("limits"), option, 1, Limits.MOST).stream()
                .boxed()
                .findFirst();
    }

    private List<TablePlan> tables(Side source, Side target) {
        var all = new LinkedHashMap<TableName, Node.Fields>();
        root.fields("tables")
                .values()
                .keySet()
                .forEach(name ->
                        all.put(new TableName(name), root.fields("tables").fields(name)));
        var byTable = new LinkedHashMap<TableName, FamilyName>();
        all.forEach((name, options) -> byTable.put(name, IdentityReading.family(name, options)));
        var families = new KnownFamilies(byTable, declared.families(), problems);
        var tables = new ArrayList<TablePlan>();
        all.forEach((name, options) -> {
            var table = table(name, options, families, source, target);
            AttributeClaims.check(table, options, problems);
            tables.add(table);
        });
        return tables;
    }

    private TablePlan table(TableName name, Node.Fields options, KnownFamilies families, Side source, Side target) {
        var path = PlanPath.table(name);
        var onOrphan = Choices.onOrphan(root, OnOrphan.FAIL);
        var family = IdentityReading.family(name, options);
        var onExisting = Choices.onExisting(options, Choices.onExisting(root, OnExisting.FAIL));
        var mode =
                Choices.inPlace(options, Choices.inPlace(root, false)) ? new Mode.InPlace(onExisting) : new Mode.Copy();
        var key = new KeyReading(families, problems).key(options, path);
        var references =
                new ReferencesReading(families, onOrphan, onExisting, creates, problems).references(options, path);
        var kind = new KindReading(root, values).kind(options, path);
        var named = kind.map(KindOfRecords::from).orElse(name);
        var physical = sourceReading.physical(named, options, source);
        checkFiles(named, options, source, path);
        return new TablePlan(
                name,
                new TablePlan.Placement(
                        physical,
                        mode instanceof Mode.InPlace ? physical : targetReading.physical(named, options, target),
                        mode,
                        kind,
                        new IndexesReading(problems).indexes(options, path),
                        files.plan(physical, options, path)),
                new TablePlan.Identities(family, identities.rule(name, options, mode), key, references),
                new TablePlan.Content(
                        values.where(options, path), values.set(options, path), rename(options), drop(options)),
                new TablePlan.Conflicts(
                        Choices.onConflict(options, Choices.onConflict(root, OnConflict.ABORT)),
                        Choices.onDrift(options).or(() -> Choices.onDrift(root))),
                new ChecksReading(family, key, references, problems).checks(options, path),
                new MergeReading(values, problems).merge(options, path, mode instanceof Mode.InPlace, references));
    }

    /** A table's own address, or what the template gives. */
    private void checkFiles(TableName named, Node.Fields options, Side source, PlanPath path) {
        if (files.isFiles() && sourceReading.sound()) {
            var own = options.text("source");
            files.checkPlace(
                    own.orElseGet(() -> source.physical(named).name()),
                    own.isPresent()
                            ? path.to("source")
                            : PlanPath.ROOT.to("source").to("files"));
        }
    }

    private static Map<String, String> rename(Node.Fields options) {
        var rename = new LinkedHashMap<String, String>();
        options.fields("rename").values().forEach((from, node) -> {
            if (node instanceof Node.Text(var to, var _)) {
                rename.put(from, to);
            }
        });
        return Collections.unmodifiableMap(rename);
    }

    private static Set<String> drop(Node.Fields options) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(options.texts("drop")));
    }

    private void checkPhysical(List<TablePlan> tables, Side source, Side target) {
        var copies = tables.stream().anyMatch(table -> !table.isInPlace());
        if (!sourceReading.sound() || (copies && !targetReading.sound())) {
            return;
        }
        var physical = new PhysicalTables<PhysicalTable>(tables, problems::add);
        physical.checkShared(TablePlan::source, TablePlan::target);
        // Another region or role may mean another account; PlanCheck knows once it has seen the tables.
        if (source.region().equals(target.region()) && source.roleArn().equals(target.roleArn())) {
            physical.checkWrittenAndRead(TablePlan::source, TablePlan::target);
        }
    }
}
