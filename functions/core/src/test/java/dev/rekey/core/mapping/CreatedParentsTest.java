package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.identity.AbsentIds;
import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.Family;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.CreatedParents.Parent;
import dev.rekey.core.mapping.MappingOutcome.Mapped;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class CreatedParentsTest {
    private static final Plan PLAN = ((PlanReading.Valid) PlanReader.read("""
            plan: p
            source: { tables: "{table}-dev" }
            target: { tables: "{table}-prod" }
            identity: { rule: derive, namespace: n, digits: 12 }
            parameters: { name: Unknown }
            tables:
              Tenants: {}
              Companies: { references: { tenant: { family: Tenants, onAbsent: { create: { name: none } } } } }
              Branches: { key: { company: Companies, number: self } }
              Firms: { from: App, match: { kind: firm } }
              Contacts:
                references:
                  company:
                    family: Companies
                    onOrphan: { create: { name: "{% $parameters.name & '!' %}", tags: [a], none: "{% $lookup({ 'a': 1 }, 'b') %}" } }
                    onAbsent: { create: { name: "{% 'of ' & $string($per) %}", tenant: "{% $per %}" }, per: tenant }
                  branch: { family: Branches, onAbsent: { create: { company: c-1 }, per: place } }
                  firm: { family: Firms, onAbsent: { create: {} } }
                  "more[]": { family: Companies, onOrphan: { create: { kind: more } } }
                  tenant: Tenants
                rename: { company: company_id }
                set: { name_of: { through: company, take: name } }
            """)).plan();
    private static final Map<TableName, TableShape> SHAPES = shapes();
    private static final Families FAMILIES = Families.of(PLAN, SHAPES);
    private static final TableName CONTACTS = new TableName("Contacts");
    private static final Map<String, AttributeValue> CONTACT =
            record("{'id': {'S': 'k'}, 'at': {'N': '7'}, 'tenant': {'S': 't-1'}, 'place': {'N': '1.0'}}");

    private static Map<TableName, TableShape> shapes() {
        var shapes = new HashMap<TableName, TableShape>();
        for (var table : PLAN.tables()) {
            var keys = switch (table.name().value()) {
                case "Branches" ->
                    List.of(new KeyAttribute("company", KeyType.S), new KeyAttribute("number", KeyType.N));
                case "Contacts" -> List.of(new KeyAttribute("id", KeyType.S), new KeyAttribute("at", KeyType.N));
                default -> List.of(new KeyAttribute("id", KeyType.S));
            };
            shapes.put(
                    table.name(),
                    new TableShape(
                            table.source(),
                            "111122223333",
                            "eu-west-1",
                            keys.getFirst(),
                            keys.stream().skip(1).findFirst(),
                            Map.of()));
        }
        return shapes;
    }

    private static Map<String, AttributeValue> record(String json) {
        return TypedJson.parse(json.replace('\'', '"'));
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> record, String name, AttributeValue value) {
        var changed = new HashMap<>(record);
        changed.put(name, value);
        return changed;
    }

    private static CreatedParents of(String table) {
        return CreatedParents.of(PLAN, PLAN.table(new TableName(table)), SHAPES, FAMILIES);
    }

    private static RecordMapping mapping(Taken taken) {
        return RecordMapping.of(
                PLAN.table(CONTACTS),
                SHAPES.get(CONTACTS),
                SHAPES.get(CONTACTS),
                FAMILIES,
                Orphans.NONE,
                taken,
                Instant.EPOCH);
    }

    private static AbsentIds ids(String family, KeyType type) {
        var name = new FamilyName(family);
        return AbsentIds.of(new PlanName("p"), new Family(name, PLAN.rule(name).orElseThrow(), type));
    }

    private static OldId id(String text) {
        return new OldId(KeyType.S, text);
    }

    @Test
    void aRecordNeedsAParentForEachAbsentReference() {
        var company = ids("Companies", KeyType.S).per(id("t-1"));
        var branch = ids("Branches", KeyType.N).per(new OldId(KeyType.N, "1"));
        var firm = ids("Firms", KeyType.S).ofRecord(CONTACTS, List.of(id("k"), new OldId(KeyType.N, "7")));
        assertThat(of("Contacts").ofAbsent(CONTACT))
                .containsExactly(
                        new Parent(
                                new TableName("Companies"),
                                new FamilyName("Companies"),
                                company,
                                "company",
                                Map.of(
                                        "id",
                                        company.value(),
                                        "name",
                                        AttributeValue.fromS("of t-1"),
                                        "tenant",
                                        AttributeValue.fromS("t-1"))),
                        new Parent(
                                new TableName("Branches"),
                                new FamilyName("Branches"),
                                branch,
                                "branch",
                                Map.of("company", AttributeValue.fromS("c-1"), "number", branch.value())),
                        new Parent(
                                new TableName("Firms"),
                                new FamilyName("Firms"),
                                firm,
                                "firm",
                                Map.of("id", firm.value(), "kind", AttributeValue.fromS("firm"))));
        assertThat(branch.canonical()).matches("[0-9]{1,15}");
    }

    @Test
    void nullAndEmptyAreAbsentAndEveryOtherValueIsNot() {
        for (var nothing : List.of(
                AttributeValue.fromNul(true),
                AttributeValue.fromS(""),
                AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0])))) {
            assertThat(of("Contacts").ofAbsent(with(CONTACT, "company", nothing)))
                    .hasSize(3);
        }
        for (var value :
                List.of(AttributeValue.fromS(" "), AttributeValue.fromBool(false), AttributeValue.fromL(List.of()))) {
            assertThat(of("Contacts").ofAbsent(with(CONTACT, "company", value)))
                    .extracting(Parent::reference)
                    .containsExactly("branch", "firm");
        }
    }

    @Test
    void aCreatedRecordCanNeedAnother() {
        var company = new HashMap<>(of("Contacts").ofAbsent(CONTACT).getFirst().record());
        assertThat(of("Companies").ofAbsent(company)).isEmpty();
        company.remove("tenant");
        assertThat(of("Companies").ofAbsent(company))
                .singleElement()
                .satisfies(tenant -> assertThat(tenant.record())
                        .containsEntry("name", AttributeValue.fromS("none"))
                        .containsEntry("id", tenant.id().value()));
    }

    @Test
    void anIdWithoutRecordGetsOneWhereTheReferenceSaysSo() {
        var company = new FamilyName("Companies");
        assertThat(of("Contacts").ofOrphan(new ReferenceUse.Used("company", company, id("c-9"), OnOrphan.CREATE)))
                .contains(new Parent(
                        new TableName("Companies"),
                        company,
                        id("c-9"),
                        "company",
                        record("{'id': {'S': 'c-9'}, 'name': {'S': 'Unknown!'}, 'tags': {'L': [{'S': 'a'}]}}")));
        assertThat(of("Contacts").ofOrphan(new ReferenceUse.Used("more[]", company, id("c-9"), OnOrphan.CREATE)))
                .hasValueSatisfying(
                        parent -> assertThat(parent.record()).containsEntry("kind", AttributeValue.fromS("more")));
        assertThat(of("Contacts").ofOrphan(new ReferenceUse.Used("tenant", company, id("c-9"), OnOrphan.FAIL)))
                .isEmpty();
    }

    @Test
    void onlyTablesWithSuchReferencesCreateRecords() {
        assertThat(of("Contacts").isEmpty()).isFalse();
        assertThat(of("Contacts").createsForOrphans()).isTrue();
        assertThat(of("Companies").isEmpty()).isFalse();
        assertThat(of("Companies").createsForOrphans()).isFalse();
        assertThat(of("Tenants").isEmpty()).isTrue();
    }

    @Test
    void withoutAValueOfPerNothingIsCreatedAndTheRecordIsRefused() {
        for (var none : List.of(AttributeValue.fromNul(true), AttributeValue.fromS(""))) {
            refused(with(CONTACT, "tenant", none), "mapping.per-missing", "company");
        }
        var without = new HashMap<>(CONTACT);
        without.remove("tenant");
        refused(without, "mapping.per-missing", "company");
        refused(with(CONTACT, "place", AttributeValue.fromBool(true)), "mapping.wrong-type", "place");
        // Where the reference is there, nothing is created and nothing is missing.
        without.put("company", AttributeValue.fromS("c-1"));
        assertThat(mapping(Taken.NOTHING).map(without)).isInstanceOf(Mapped.class);
    }

    private static void refused(Map<String, AttributeValue> record, String problem, String path) {
        assertThatThrownBy(() -> of("Contacts").ofAbsent(record))
                .isInstanceOfSatisfying(
                        UnmappableException.class,
                        e -> assertThat(e.unmappable())
                                .extracting(MappingOutcome.Unmappable::id, MappingOutcome.Unmappable::path)
                                .containsExactly(problem, path));
        assertThat(mapping(Taken.NOTHING).map(record))
                .isInstanceOfSatisfying(
                        MappingOutcome.Unmappable.class,
                        failure -> assertThat(failure.id()).isEqualTo(problem));
        assertThat(mapping(Taken.NOTHING).references(record)).isNotEmpty();
    }

    /** What the record is mapped to is what it would be if it held the id of the created record. */
    @Test
    void anAbsentReferenceBecomesTheNewIdOfTheCreatedRecord() {
        var parents = of("Contacts").ofAbsent(CONTACT);
        var filled = new HashMap<>(CONTACT);
        parents.forEach(parent -> filled.put(parent.reference(), parent.id().value()));
        Taken taken = (family, id, attribute) ->
                new Taken.Answer.Value(AttributeValue.fromS(attribute + " of " + family + " " + id.canonical()));
        var mapping = mapping(taken);

        assertThat(mapping.map(CONTACT)).isEqualTo(mapping.map(filled));
        var item = ((Mapped) mapping.map(CONTACT)).item();
        assertThat(item)
                .containsEntry(
                        "company_id",
                        FAMILIES.rule(new FamilyName("Companies"))
                                .newId(parents.getFirst().id()))
                .containsEntry(
                        "name_of",
                        AttributeValue.fromS(
                                "name of Companies " + parents.getFirst().id().canonical()))
                .doesNotContainKey("company");
        var absent = parents.stream().map(Parent::reference).collect(Collectors.toSet());
        assertThat(mapping.references(CONTACT))
                .isEqualTo(mapping.references(filled).stream()
                        .map(use -> use instanceof ReferenceUse.Used(var path, var family, var id, var onOrphan)
                                        && absent.contains(path)
                                ? new ReferenceUse.Used(path, family, id, OnOrphan.CREATE)
                                : use)
                        .toList());
        assertThat(mapping.referred(CONTACT)).isEqualTo(mapping.referred(filled));
        assertThat(mapping.digest(CONTACT)).isNotEqualTo(mapping(Taken.NOTHING).digest(CONTACT));
    }

    /** Records that are merged away, or created, are a table of their own in a run. */
    @Test
    void aPartOfATableGivesTheSameIds() {
        var contacts = PLAN.table(CONTACTS);
        var part = new TablePlan(
                CONTACTS.mergedAway(),
                contacts.placement(),
                contacts.identities(),
                contacts.content(),
                contacts.conflicts(),
                contacts.checks());
        var shape = SHAPES.get(CONTACTS);
        assertThat(RecordMapping.of(part, shape, shape, FAMILIES, Orphans.NONE, Taken.NOTHING, Instant.EPOCH)
                        .references(CONTACT))
                .isEqualTo(mapping(Taken.NOTHING).references(CONTACT));
    }

    @Test
    void aReferenceThatIsNoOrphanAnyMoreIsNotCreatedSilently() {
        var record = with(CONTACT, "company", AttributeValue.fromS("c-9"));
        var mapping = RecordMapping.of(
                PLAN.table(CONTACTS),
                SHAPES.get(CONTACTS),
                SHAPES.get(CONTACTS),
                FAMILIES,
                (family, id) -> id.equals(id("c-9")),
                Taken.NOTHING,
                Instant.EPOCH);
        assertThat(mapping.map(record))
                .isInstanceOfSatisfying(
                        MappingOutcome.Unmappable.class,
                        failure -> assertThat(failure.id()).isEqualTo("mapping.orphan"));
    }

    @Test
    void anExpressionThatFailsNamesItsPlace() {
        var plan = ((PlanReading.Valid) PlanReader.read("""
                plan: p
                source: { tables: "{table}-dev" }
                target: { tables: "{table}-prod" }
                identity: { rule: keep }
                tables:
                  Companies: {}
                  Contacts: { references: { company: { family: Companies, onAbsent: { create: { n: "{% $per + 1 %}" }, per: tenant } } } }
                """)).plan();
        var created = CreatedParents.of(plan, plan.table(CONTACTS), SHAPES, Families.of(plan, SHAPES));
        assertThatThrownBy(() -> created.ofAbsent(CONTACT))
                .isInstanceOfSatisfying(
                        UnmappableException.class,
                        e -> assertThat(e.unmappable())
                                .extracting(MappingOutcome.Unmappable::id, MappingOutcome.Unmappable::path)
                                .containsExactly("mapping.expression", "references.company.onAbsent.create.n"));
        assertThat(created.ofAbsent(with(CONTACT, "tenant", AttributeValue.fromN("4"))))
                .singleElement()
                .satisfies(parent -> assertThat(parent.record()).containsEntry("n", AttributeValue.fromN("5")));
        assertThat(created.createsForOrphans()).isFalse();
    }
}
