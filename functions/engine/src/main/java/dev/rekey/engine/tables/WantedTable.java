package dev.rekey.engine.tables;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.IndexPlan;
import dev.rekey.core.plan.IndexPlan.KeyPart;
import dev.rekey.core.plan.IndexPlan.Projected;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.store.TableDefinition;
import dev.rekey.engine.store.TableDefinition.TimeToLive;
import dev.rekey.engine.tables.SchemaDifference.Remedy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** Derives what a table has to be from the source's table and the plan's tables that are written to it. */
final class WantedTable {
    private final TableDefinition source;
    private final List<TablePlan> plans;
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final Map<String, KeyType> types = new TreeMap<>();
    private final List<SchemaDifference> contradictions = new ArrayList<>();

    /** @param plans tables of one physical table */
    WantedTable(TableDefinition source, List<TablePlan> plans) {
        this.source = source;
        this.plans = plans;
        plans.forEach(plan -> plan.rename().forEach(renamed::putIfAbsent));
    }

    /** @param contradictions what the plan asks for and DynamoDB cannot have */
    record Wanted(TableDefinition definition, List<SchemaDifference> contradictions) {}

    Wanted as(PhysicalTable name) {
        var request = source.request();
        var key = schema(request.keySchema());
        request.localSecondaryIndexes()
                .forEach(index -> oneName(index.indexName(), index.keySchema(), index.projection()));
        var locals = request.localSecondaryIndexes().stream()
                .map(index -> index.toBuilder()
                        .keySchema(schema(index.keySchema()))
                        .projection(renamed(index.projection()))
                        .build())
                .toList();
        var indexes = indexes();
        var wanted = request.toBuilder()
                .tableName(name.name())
                .keySchema(key)
                .localSecondaryIndexes(orNull(locals))
                .globalSecondaryIndexes(orNull(indexes))
                .attributeDefinitions(definitions(types))
                .build();
        return new Wanted(
                new TableDefinition(wanted, timeToLive(), source.recovery(), source.encryption()),
                List.copyOf(contradictions));
    }

    /** DynamoDB refuses an empty list. */
    private static <T> List<T> orNull(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    private static List<AttributeDefinition> definitions(Map<String, KeyType> types) {
        return types.entrySet().stream()
                .map(type -> AttributeDefinition.builder()
                        .attributeName(type.getKey())
                        .attributeType(type.getValue().name())
                        .build())
                .toList();
    }

    private List<GlobalSecondaryIndex> indexes() {
        var planned = new LinkedHashMap<String, IndexPlan>();
        for (var plan : plans) {
            for (var index : plan.indexes()) {
                var other = planned.putIfAbsent(index.name(), index);
                if (other != null && !other.equals(index)) {
                    contradiction(index.name(), "defined differently by two tables of the plan", "one definition");
                }
            }
        }
        var all = new ArrayList<GlobalSecondaryIndex>();
        source.request().globalSecondaryIndexes().stream()
                .filter(index -> !planned.containsKey(index.indexName()))
                .peek(index -> oneName(index.indexName(), index.keySchema(), index.projection()))
                .map(index -> index.toBuilder()
                        .keySchema(schema(index.keySchema()))
                        .projection(renamed(index.projection()))
                        .build())
                .forEach(all::add);
        planned.values().forEach(index -> all.add(index(index)));
        return all;
    }

    /** Records of several tables of the plan can share an index of the source only under one name of each attribute. */
    private void oneName(String index, List<KeySchemaElement> key, Projection projection) {
        var attributes = Stream.concat(
                key.stream().map(KeySchemaElement::attributeName), projection.nonKeyAttributes().stream());
        attributes.forEach(attribute -> {
            var names = plans.stream()
                    .filter(plan -> !plan.drop().contains(attribute))
                    .map(plan -> plan.rename().getOrDefault(attribute, attribute))
                    .distinct()
                    .toList();
            if (names.size() > 1) {
                contradiction(
                        index,
                        attribute + " becomes " + String.join(" and ", names) + " in different tables of the plan",
                        "one name, or an index of the plan");
            }
        });
    }

    private GlobalSecondaryIndex index(IndexPlan index) {
        index.key().forEach(part -> type(index.name(), part));
        var locals = source.request().localSecondaryIndexes().stream().map(LocalSecondaryIndex::indexName);
        if (locals.anyMatch(index.name()::equals)) {
            contradiction(index.name(), "a local secondary index of the source", "a global secondary index");
        }
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(
                        Keys.schema(index.key().stream().map(KeyPart::attribute).toList()))
                .projection(projection(index.projected()))
                .provisionedThroughput(
                        source.billing() == BillingMode.PROVISIONED
                                ? source.request().provisionedThroughput()
                                : null)
                .build();
    }

    private void type(String index, KeyPart part) {
        var known = types.get(part.attribute());
        var type = part.type()
                .or(() -> Optional.ofNullable(known))
                .or(() -> source.type(part.attribute()))
                .orElse(KeyType.S);
        if (known != null && known != type) {
            contradiction(
                    index,
                    part.attribute() + " (" + known + ") is in another key of the table",
                    part.attribute() + " (" + type + ")");
        }
        types.putIfAbsent(part.attribute(), type);
    }

    private void contradiction(String index, String fact, String wanted) {
        contradictions.add(new SchemaDifference("index " + index, fact, wanted, Remedy.REFUSED));
    }

    private static Projection projection(Projected projected) {
        var builder = Projection.builder();
        return switch (projected) {
            case Projected.All() -> builder.projectionType(ProjectionType.ALL).build();
            case Projected.KeysOnly() ->
                builder.projectionType(ProjectionType.KEYS_ONLY).build();
            case Projected.Some(var attributes) ->
                builder.projectionType(ProjectionType.INCLUDE)
                        .nonKeyAttributes(attributes)
                        .build();
        };
    }

    private Projection renamed(Projection projection) {
        return projection.hasNonKeyAttributes()
                ? projection.toBuilder()
                        .nonKeyAttributes(projection.nonKeyAttributes().stream()
                                .map(this::renamed)
                                .toList())
                        .build()
                : projection;
    }

    /** The same key under the attributes' new names, whose types are known from now on. */
    private List<KeySchemaElement> schema(List<KeySchemaElement> schema) {
        schema.forEach(element -> types.put(
                renamed(element.attributeName()),
                source.type(element.attributeName()).orElseThrow()));
        return Keys.schema(
                schema.stream().map(element -> renamed(element.attributeName())).toList());
    }

    private Optional<TimeToLive> timeToLive() {
        return source.timeToLive()
                .map(ttl -> new TimeToLive(ttl.attribute().map(this::renamed).filter(name -> !isDropped(name))));
    }

    private boolean isDropped(String attribute) {
        return plans.stream().allMatch(plan -> plan.drop().contains(attribute));
    }

    private String renamed(String attribute) {
        return renamed.getOrDefault(attribute, attribute);
    }
}
