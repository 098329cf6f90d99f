package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.MappingBuilder;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Where;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table {@code T} of a plan that is read as a plan is, in JSON:
 *
 * <pre>
 * "table": what the plan says of it
 * "families", "parameters", "mode", "onExisting": as in a plan; mode is inPlace if left out
 * "shape": "id:S at:N | index mail:S"     key and indexes of the table, "id:S" if left out
 * "expires": attribute of the time to live
 * "orphans": {"Family": ["old id"]}
 * "scope": {"attribute": value}           as a plan's where
 * </pre>
 *
 * Beside it there is the table {@code C}, whose ids stay.
 */
final class PlannedTable {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
    private static final TableName NAME = new TableName("T");
    private final JsonNode node;
    private final Plan plan;

    PlannedTable(JsonNode node) {
        this.node = node;
        var reading = PlanReader.read(text());
        assertThat(reading).isInstanceOf(PlanReading.Valid.class);
        this.plan = ((PlanReading.Valid) reading).plan();
    }

    private String text() {
        var json = JsonNodeFactory.instance.objectNode().put("plan", "p");
        json.put("mode", node.path("mode").asText("inPlace"));
        json.putObject("source").put("tables", "{table}-live");
        if (node.path("mode").asText().equals("copy")) {
            json.putObject("target").put("tables", "{table}-copy");
            json.putObject("identity").put("rule", "keep");
        }
        List.of("families", "parameters", "onExisting").stream()
                .filter(node::has)
                .forEach(option -> json.set(option, node.get(option)));
        json.putObject("tables").set("T", node.get("table"));
        json.withObject("/tables").putObject("C");
        return json.toString();
    }

    TablePlan plan() {
        return plan.table(NAME);
    }

    InPlaceMapping inPlace() {
        return new InPlaceMapping(
                plan(), shape(), scope(), families(), orphans(), Taken.NOTHING, STARTED, EarlierValues.NONE);
    }

    RecordMapping copying() {
        return RecordMapping.of(plan(), shape(), shape(), families(), orphans(), Taken.NOTHING, STARTED);
    }

    private Families families() {
        var mappings = new HashMap<FamilyName, Mapping>();
        plan.declared().families().forEach(family -> mappings.put(family.name(), mapping(family)));
        return Families.of(plan, Map.of(NAME, shape(), new TableName("C"), shape("id:S")), mappings);
    }

    private static Mapping mapping(DeclaredFamily family) {
        var builder = new MappingBuilder(family.rule());
        ((MappingSource.OfIds) family.rule().mapping())
                .ids()
                .forEach((old, now) -> assertThat(builder.add(old, now)).isEmpty());
        return builder.build();
    }

    private Orphans orphans() {
        var orphans = new HashMap<String, Set<String>>();
        node.path("orphans").properties().forEach(family -> {
            var ids = new HashSet<String>();
            family.getValue().forEach(id -> ids.add(id.asText()));
            orphans.put(family.getKey(), ids);
        });
        return (family, id) -> orphans.getOrDefault(family.value(), Set.of()).contains(id.canonical());
    }

    /** A scope has the form of a plan's {@code where}, and is read as one. */
    private Where scope() {
        if (!node.has("scope")) {
            return new Where.Everything();
        }
        var other = JsonNodeFactory.instance.objectNode();
        other.putObject("table").set("where", node.get("scope"));
        return new PlannedTable(other).plan().where();
    }

    TableShape shape() {
        var shape = shape(node.path("shape").asText("id:S"));
        return node.has("expires")
                ? shape.expiringBy(Optional.of(node.get("expires").asText()))
                : shape;
    }

    private static TableShape shape(String text) {
        var parts = text.split(" \\| index ", -1);
        var key = attributes(parts[0]);
        return new TableShape(
                new PhysicalTable("t"),
                "000000000000",
                "eu-west-1",
                key.getFirst(),
                key.stream().skip(1).findFirst(),
                parts.length > 1 ? Map.of("index", attributes(parts[1])) : Map.of());
    }

    private static List<KeyAttribute> attributes(String text) {
        return List.of(text.split(" ", -1)).stream()
                .map(word -> word.split(":", -1))
                .map(parts -> new KeyAttribute(parts[0], KeyType.valueOf(parts[1])))
                .toList();
    }
}
