package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.aws.invocation.VirtualThreadConcurrency;
import dev.rekey.cli.deployment.Account;
import dev.rekey.cli.text.Numbers;
import dev.rekey.cli.text.Wrapping;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.draft.LeftOutTables;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Names the tables that a plan leaves out, those that refer to what it changes first. */
record UnplannedTables(Environment environment, Account account) {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int AT_ONCE = 16;
    /** Records of a table whose attributes are looked at. */
    private static final int SAMPLE = 20;
    /** Tables that are looked at. */
    private static final int MOST_TABLES = 300;
    /** Tables that a line names. */
    private static final int NAMED = 10;

    /** Empty if none is left out, or if that cannot be known with the caller's permissions. */
    Optional<LeftOutTables> of(Plan plan) {
        if (!(plan.source().location() instanceof Location.Tables)) {
            return Optional.empty();
        }
        try {
            var left = LeftOutTables.of(plan, account.tableNames(plan.source()));
            return left.isEmpty()
                    ? Optional.empty()
                    : Optional.of(LeftOutTables.of(plan, left, attributes(plan, left)::get));
        } catch (StoreException e) {
            return switch (e.kind()) {
                case DENIED, THROTTLED, UNAVAILABLE -> Optional.empty();
                case MISSING, INVALID -> throw e;
            };
        }
    }

    private Map<TableName, Set<String>> attributes(Plan plan, Map<TableName, PhysicalTable> left) {
        var tables = account.tables(plan.source());
        var names = List.copyOf(left.keySet());
        var looked = names.subList(0, Math.min(MOST_TABLES, names.size()));
        var found = new VirtualThreadConcurrency()
                .all(
                        looked.stream()
                                .<Supplier<Set<String>>>map(name -> () -> attributes(tables, left.get(name)))
                                .toList(),
                        AT_ONCE);
        var all = new HashMap<TableName, Set<String>>();
        names.forEach(name -> all.put(name, Set.of()));
        for (int i = 0; i < found.size(); i++) {
            all.put(looked.get(i), found.get(i));
        }
        return all;
    }

    /** None of a table that the caller may not read, or that is gone by now. */
    private Set<String> attributes(Tables tables, PhysicalTable table) {
        var time = environment.time();
        var backoff = new Backoff(time, environment.random(), time.instant().plus(LONGEST_WAIT));
        try {
            return backoff
                    .retry(() -> tables.scan(new Tables.Scan(table, 0, 1, Optional.empty(), SAMPLE, false)))
                    .items()
                    .stream()
                    .flatMap(item -> item.keySet().stream())
                    .collect(Collectors.toSet());
        } catch (StoreException e) {
            return switch (e.kind()) {
                case DENIED, MISSING -> Set.of();
                case THROTTLED, UNAVAILABLE, INVALID -> throw e;
            };
        }
    }

    /** For programs: every one of them. */
    static ObjectNode json(LeftOutTables left) {
        var document = JsonNodeFactory.instance.objectNode().put("template", left.template());
        var referring = document.putObject("referring");
        left.referring().forEach((table, attributes) -> {
            var names = referring.putArray(table.value());
            attributes.keySet().forEach(names::add);
        });
        var others = document.putArray("others");
        left.others().forEach(table -> others.add(table.value()));
        return document;
    }

    /** For people. */
    static List<String> lines(LeftOutTables left) {
        var lines = new ArrayList<String>();
        int all = left.referring().size() + left.others().size();
        if (!left.others().isEmpty()) {
            lines.addAll(Wrapping.lines(
                    "",
                    Numbers.count(all, "more table") + Wording.agree(all, " matches ", " match ") + left.template()
                            + " and " + Wording.agree(all, "is", "are") + " not in the plan: "
                            + named(left.others().stream().map(TableName::value).toList()) + "."));
        }
        if (!left.referring().isEmpty()) {
            var words = left.referring().entrySet().stream()
                    .map(table -> table.getKey() + " ("
                            + Wording.list(table.getValue().keySet()) + ")")
                    .toList();
            lines.addAll(
                    Wrapping.lines(
                            "",
                            "Not in the plan, with attributes named like references to records that the plan changes: "
                                    + named(words)
                                    + ". These attributes keep their old ids: add the tables to the plan, unless nobody follows them."));
        }
        return lines;
    }

    private static String named(List<String> words) {
        int more = words.size() - NAMED;
        return Wording.list(words.stream().limit(NAMED).toList())
                + (more > 0 ? " and " + Numbers.count(more) + " more" : "");
    }
}
