package dev.rekey.cli.deployment;

import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TablePlan;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The tables of plans, by what has to be allowed for them. Those of roles in other accounts are those roles' own. */
record PolicyTables(Collection<Plan> plans, PolicyRequest request) {
    /** Of each plan, the tables of this kind. */
    enum Kind {
        SOURCE,
        TARGET,
        IN_PLACE;

        Side of(Plan plan) {
            return this == TARGET ? plan.target() : plan.source();
        }

        private boolean includes(TablePlan table) {
            return switch (this) {
                case SOURCE -> table.file().isEmpty();
                case TARGET -> !table.isInPlace();
                case IN_PLACE -> table.isInPlace();
            };
        }

        boolean isIn(Plan plan) {
            return plan.tables().stream().anyMatch(this::includes);
        }

        private SortedSet<String> tables(Plan plan, PolicyRequest request) {
            var arns = new TreeSet<String>();
            plan.tables().stream()
                    .filter(this::includes)
                    .map(table -> this == TARGET ? table.target() : table.source())
                    .forEach(table -> arns.add(request.table(of(plan), table.name())));
            return arns;
        }
    }

    /** Of the plans whose side is {@code those}. */
    TableArns tables(Kind kind, Predicate<Side> those) {
        var exact = new TreeSet<String>();
        var asked = new TreeSet<String>();
        for (var plan : plans) {
            var side = kind.of(plan);
            if (kind.isIn(plan) && those.test(side)) {
                exact.addAll(kind.tables(plan, request));
                template(side, asked);
            }
        }
        return new TableArns(exact, asked, kind == Kind.SOURCE ? Set.of() : onlyRead());
    }

    /** A template that is nothing but the table's name asks for no pattern. */
    private void template(Side side, SortedSet<String> asked) {
        var parts = side.location().template().split(Pattern.quote(Location.TABLE), -1);
        var affixes = parts[0] + parts[parts.length - 1];
        if (!affixes.isEmpty()) {
            asked.add(request.table(side, parts[0] + "*" + parts[parts.length - 1]));
        }
    }

    /** Tables that no plan writes: a pattern must not let the functions write to them. */
    private Set<String> onlyRead() {
        var tables = new TreeSet<String>();
        plans.forEach(plan -> tables.addAll(Kind.SOURCE.tables(plan, request)));
        plans.forEach(plan -> tables.removeAll(Kind.TARGET.tables(plan, request)));
        plans.forEach(plan -> tables.removeAll(Kind.IN_PLACE.tables(plan, request)));
        return tables;
    }

    /** Buckets and files in them; those beside a plan are put into the stack's own bucket. */
    SortedSet<String> files(Predicate<Side> those) {
        var arns = new TreeSet<String>();
        for (var plan : plans) {
            var partition = PolicyRequest.partitionOf(request.table(plan.source(), ""));
            plan.tables().stream()
                    .filter(table -> those.test(plan.source()) && table.file().isPresent())
                    .map(table -> table.source().name())
                    .filter(address -> address.startsWith(Location.Files.BUCKET))
                    .map(address -> address.substring(Location.Files.BUCKET.length()))
                    .forEach(address -> {
                        arns.add("arn:" + partition + ":s3:::" + address.substring(0, address.indexOf('/')));
                        arns.add("arn:" + partition + ":s3:::" + address + (address.endsWith("/") ? "*" : ""));
                    });
        }
        return arns;
    }

    /** Tables with mappings lie where those of the source do. */
    TableArns mappings(Predicate<Side> those) {
        var arns = new TreeSet<String>();
        for (var plan : plans) {
            if (those.test(plan.source())) {
                for (var family : plan.declared().families()) {
                    if (family.rule().mapping() instanceof MappingSource.OfTable mapping) {
                        arns.add(request.table(plan.source(), mapping.table().name()));
                    }
                }
            }
        }
        return new TableArns(arns, new TreeSet<>(), Set.of());
    }
}
