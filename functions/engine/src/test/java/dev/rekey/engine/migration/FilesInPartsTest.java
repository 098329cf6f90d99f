package dev.rekey.engine.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Files that are too large together are imported in parts, each by a plan with a name of its own. */
final class FilesInPartsTest {
    private final World world = new World();

    private static String plan(int part) {
        return """
            plan: part-%d
            source: { files: "s3://files/{table}-%d.csv" }
            target: { tables: "dst-{table}" }
            identity: { rule: derive, namespace: n }
            tables: { People: { references: { boss: People } } }
            """.formatted(part, part);
    }

    private void put(int part, String lines) {
        world.objects().put(new ObjectKey("People-" + part + ".csv"), ("id,boss\n" + lines).getBytes(UTF_8));
    }

    @Test
    void aLaterPartRefersToAnEarlierOneAndMissesNothing() {
        world.create("People", KeyType.S);
        put(1, "a,\nb,a\n");
        put(2, "c,a\n");
        Migration.migrated(world, plan(1));
        var second = Migration.next(world, plan(2));
        assertThat(second.migrate().failures()).isZero();
        var report = second.report(RunOutcome.MIGRATED);
        assertThat(report.verified().remaining()).isEmpty();
        var people = world.items("dst-People");
        assertThat(people).hasSize(3);
        var ids = people.stream().map(person -> person.get("id").s()).collect(Collectors.toSet());
        assertThat(people.stream()
                        .filter(person -> person.containsKey("boss"))
                        .map(person -> person.get("boss").s()))
                .hasSize(2)
                .allMatch(ids::contains);
    }
}
