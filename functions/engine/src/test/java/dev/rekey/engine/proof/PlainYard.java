package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.text;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Kin.Member;
import dev.rekey.engine.proof.Watch.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the plan of the {@link Yard} makes of its records when nobody else writes, worked out without the engine. */
final class PlainYard {
    private final Kin kin;
    private final Kin ended;
    private final Map<Spot, Map<String, AttributeValue>> alone;
    private final Map<Spot, Map<String, AttributeValue>> there;

    /**
     * @param kin all merges, those of earlier runs as well
     * @param ended those that a run named because they ended when it had changed references for them: these stay as they are
     * @param alone what the application alone would have made of the tables
     * @param there what they hold after the run
     */
    PlainYard(
            Kin kin,
            Kin ended,
            Map<Spot, Map<String, AttributeValue>> alone,
            Map<Spot, Map<String, AttributeValue>> there) {
        this.kin = kin;
        this.ended = ended;
        this.alone = alone;
        this.there = there;
    }

    /** What is wrong with a record. */
    List<String> faults(Spot at) {
        var record = there.get(at);
        var faults = new ArrayList<String>();
        switch (Yard.tableOf(at, record).map(TableName::value).orElse("")) {
            case "People" -> person(at, record, faults);
            case "Pets" -> pet(at, record, faults);
            case "Notes" -> note(at, record, faults);
            default -> {}
        }
        return faults;
    }

    private void person(Spot at, Map<String, AttributeValue> record, List<String> faults) {
        if (marked("People", at, record, faults) || !text("open").equals(record.get("kind"))) {
            return;
        }
        var tenant = record.get("tenantId").s();
        require("orgId", Optional.of(tenant.replace('t', 'o')), at, record, faults);
        require("label", Optional.of(record.get("name").s() + " of " + tenant), at, record, faults);
        require("old", Optional.empty(), at, record, faults);
    }

    private void pet(Spot at, Map<String, AttributeValue> record, List<String> faults) {
        if (marked("Pets", at, record, faults)) {
            return;
        }
        var tenant = record.get("tenantId").s();
        require("orgId", Optional.of(tenant.replace('t', 'o')), at, record, faults);
        require("label", Optional.of("pet of " + tenant), at, record, faults);
        refers("ownerId", "People", at, record, faults);
    }

    private void note(Spot at, Map<String, AttributeValue> record, List<String> faults) {
        refers("personId", "People", at, record, faults);
        refers("petId", "Pets", at, record, faults);
        var person = Yard.folk(
                kin.survivor(new Member("People", record.get("personId").s())).id());
        var name = Optional.ofNullable(there.get(person))
                .filter(one -> isOf("People", person, one))
                .map(one -> one.get("name").s());
        require("taken", name, at, record, faults);
    }

    /** Whether the record is merged into another one, which it must say then, and only then. */
    private boolean marked(String family, Spot at, Map<String, AttributeValue> record, List<String> faults) {
        var own = new Member(family, Yard.id(at));
        var survivor = kin.survivor(own);
        boolean merged = !survivor.equals(own);
        if (merged) {
            var heir = survivor.id() + " of " + record.get("tenantId").s();
            require("heir", Optional.of(heir), at, record, faults);
        }
        var mark = AttributeValue.fromBool(true);
        boolean isMarked = mark.equals(record.get("gone"));
        // The application writes what a run would write, too.
        boolean byOthers = mark.equals(alone.get(at).get("gone"));
        // The application may have made a person of a pet since.
        boolean mayBeMarked = List.of("People", "Pets").stream()
                .map(any -> new Member(any, own.id()))
                .anyMatch(any -> !kin.survivor(any).equals(any));
        if ((merged && !isMarked) || (isMarked && !mayBeMarked && !byOthers)) {
            faults.add("gone of " + at + " is " + record.get("gone") + ", and the record becomes " + survivor);
        }
        return merged;
    }

    /** A record that is there is referred to by the id of the one that it is merged into. */
    private void refers(String name, String family, Spot at, Map<String, AttributeValue> record, List<String> faults) {
        var id = Optional.ofNullable(alone.get(at).get(name)).map(AttributeValue::s);
        id.map(old -> kin.survivor(new Member(family, old)).id())
                .filter(now -> isThere(family, now) && isThere(family, id.get()))
                .filter(_ -> !isOfEnded(new Member(family, id.get()), record.get(name)))
                .ifPresent(now -> require(name, Optional.of(now), at, record, faults));
    }

    private boolean isOfEnded(Member old, AttributeValue now) {
        var then = ended.survivor(old);
        return !then.equals(old) && text(kin.survivor(then).id()).equals(now);
    }

    private boolean isThere(String family, String id) {
        var at = Yard.folk(id);
        return there.containsKey(at) && isOf(family, at, there.get(at));
    }

    private static boolean isOf(String family, Spot at, Map<String, AttributeValue> record) {
        return Yard.tableOf(at, record).equals(Optional.of(new TableName(family)));
    }

    private static void require(
            String name, Optional<String> wanted, Spot at, Map<String, AttributeValue> record, List<String> faults) {
        if (!Objects.equals(record.get(name), wanted.map(Items::text).orElse(null))) {
            faults.add(name + " of " + at + " is " + record.get(name) + " instead of " + wanted);
        }
    }
}
