package dev.rekey.core.plan.reading;

import dev.rekey.core.item.Followers;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Shapes of tables, one a line: {@code source Contacts id:S at:N | byOwner owner:S}. A table without a line does not
 * exist. {@code account target 444455556666} puts a side into another account. A line that ends with
 * {@code expires validUntil} is of a table with a time to live. {@code replicas Contacts us-east-1} says that the
 * table of the line before is replicated, with {@code strong} behind it that conditions hold in all regions; {@code stream
 * Contacts} that it has a stream, {@code kinesis Contacts} one of Kinesis. Of a table that is
 * copied, its target. Files have the shape of their target.
 */
record ShapesFile(Map<TableName, Optional<TableShape>> sources, Map<TableName, Optional<TableShape>> targets) {

    static ShapesFile read(String text, Plan plan) {
        var sources = new TreeMap<TableName, Optional<TableShape>>();
        var targets = new TreeMap<TableName, Optional<TableShape>>();
        var accounts = new TreeMap<>(Map.of("source", "111122223333", "target", "111122223333"));
        plan.tables().forEach(table -> sources.put(table.name(), Optional.empty()));
        plan.tables().forEach(table -> targets.put(table.name(), Optional.empty()));
        for (var line : text.lines().toList()) {
            var words = line.split(" ", 3);
            if (words[0].equals("account")) {
                accounts.put(words[1], words[2]);
                continue;
            }
            if (List.of("replicas", "stream", "kinesis").contains(words[0])) {
                var name = new TableName(words[1]);
                var written = plan.table(name).isInPlace() ? sources : targets;
                written.put(name, written.get(name).map(shape -> shape.followedBy(followers(shape, words))));
                continue;
            }
            var table = plan.table(new TableName(words[1]));
            var source = words[0].equals("source");
            var physical = source ? table.source() : table.target();
            (source ? sources : targets)
                    .put(table.name(), Optional.of(shape(physical, accounts.get(words[0]), words[2])));
        }
        if (plan.source().location() instanceof Location.Files) {
            targets.forEach((name, shape) -> sources.put(
                    name, shape.map(it -> it.ofFiles(plan.table(name).source()))));
        }
        return new ShapesFile(sources, targets);
    }

    private static Followers followers(TableShape shape, String[] words) {
        var before = shape.followers();
        if (words[0].equals("stream")) {
            return new Followers(before.regions(), before.consistent(), true, before.kinesis());
        }
        if (words[0].equals("kinesis")) {
            return before.feedingKinesis();
        }
        var regions = new ArrayList<>(List.of(words[2].split(" ")));
        return new Followers(regions, regions.remove("strong"), before.stream());
    }

    private static TableShape shape(PhysicalTable table, String account, String text) {
        var expiry = text.split(" expires ", -1);
        var parts = expiry[0].split(" \\| ");
        var keys = keys(parts[0]);
        var indexes = new TreeMap<String, List<KeyAttribute>>();
        Arrays.stream(parts).skip(1).forEach(index -> {
            var name = index.split(" ", 2);
            indexes.put(name[0], keys(name[1]));
        });
        return new TableShape(
                        table,
                        account,
                        "eu-west-1",
                        keys.getFirst(),
                        keys.stream().skip(1).findFirst(),
                        indexes)
                .expiringBy(Arrays.stream(expiry).skip(1).findFirst());
    }

    private static List<KeyAttribute> keys(String text) {
        return Arrays.stream(text.split(" "))
                .map(key -> new KeyAttribute(
                        key.substring(0, key.indexOf(':')), KeyType.valueOf(key.substring(key.indexOf(':') + 1))))
                .toList();
    }
}
