package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.text;

import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.store.Tables.Update;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The application whose tables are changed goes on writing: attributes that the plan reads, writes or does not know, old
 * copies of whole records, the values that a run writes, too. It knows what it alone would have made of the tables.
 */
final class YardApplication implements UpdateWatch.Rival {
    private static final int PET_NAMES = 3;
    private static final int CLUBS = 8;

    private final Simulation simulation;
    private final Random random;
    private final Map<Spot, Map<String, AttributeValue>> alone = new HashMap<>();
    private final Map<Spot, List<Map<String, AttributeValue>>> copies = new HashMap<>();
    /** Whom the plan leaves out for a moment. */
    private Optional<Spot> closed = Optional.empty();

    private int writes;

    YardApplication(Simulation simulation) {
        this.simulation = simulation;
        this.random = simulation.chances().random();
        Yard.everything(simulation.tables()).forEach(this::knows);
        simulation.watch().updates().rival(this);
    }

    /** What the tables would hold if no run had ever come. */
    Map<Spot, Map<String, AttributeValue>> alone() {
        return alone;
    }

    private void knows(Spot at, Map<String, AttributeValue> item) {
        alone.put(at, item);
        copies.computeIfAbsent(at, _ -> new ArrayList<>()).add(item);
    }

    /** One write. */
    void work() {
        int what = random.nextInt(17);
        switch (what) {
            case 0 -> create();
            case 14 -> comes();
            case 15, 16 -> closeOrOpen();
            case 9 -> pair();
            case 11 -> useCreated();
            case 12, 13 -> rename();
            default -> one().ifPresent(at -> write(at, what));
        }
    }

    /** Somebody to whom notes refer already. */
    private void comes() {
        var person = Yard.person(7 + random.nextInt(3), tenant());
        person.put("v", value());
        put(Yard.spot("own-Folk", person), person);
    }

    /** The plan leaves a person out for a moment, who then is exactly as before. */
    private void closeOrOpen() {
        if (closed.isEmpty()) {
            alone.keySet().stream()
                    .filter(at -> Yard.isPerson(Optional.ofNullable(alone.get(at))))
                    .sorted(Comparator.comparing(Spot::name))
                    .skip(random.nextInt(3))
                    .findFirst()
                    .ifPresent(at -> {
                        closed = Optional.of(at);
                        change(at, Map.of("kind", text("closed")));
                    });
            return;
        }
        closed.filter(alone::containsKey)
                .filter(at -> text("closed").equals(alone.get(at).get("kind")))
                .ifPresent(at -> change(at, Map.of("kind", text("open"))));
        closed = Optional.empty();
    }

    /** Notes take the names of people, also of the one that another is merged into. */
    private void rename() {
        var at = Yard.folk(List.of("p0", "p2").get(random.nextInt(2)));
        if (alone.containsKey(at)) {
            update(at, Map.of("name", value()));
        }
    }

    /** Another pet that becomes one with a pet of somebody into whom others are merged. */
    private void pair() {
        alone.keySet().stream()
                .sorted(Comparator.comparing(Spot::name))
                .flatMap(at -> Yard.KIN.child().apply(at, alone.get(at)).stream())
                .filter(pet -> pet.parent().equals("p0"))
                .findFirst()
                .ifPresent(pet -> {
                    var other = Yard.pet(Yard.RECORDS + 2 + random.nextInt(3), tenant(), "p1", 0);
                    other.put("name", pet.name());
                    other.put("v", value());
                    put(Yard.spot("own-Folk", other), other);
                });
    }

    /** @param what from 1 to 10 */
    private void write(Spot at, int what) {
        switch (what) {
            case 1 -> delete(at);
            case 2, 3 -> putBack(at);
            case 4 -> theSame(at);
            case 5, 6 -> update(at, Map.of(written(at), value()));
            case 7 -> update(at, Map.of());
            case 8 -> refer(at);
            default -> decide(at);
        }
    }

    @Override
    public void writes(Spot at) {
        // It may have deleted the record before.
        if (alone.containsKey(at)) {
            write(at, 1 + random.nextInt(10));
        }
    }

    private void create() {
        int number = random.nextInt(2 * Yard.RECORDS);
        int what = random.nextInt(6);
        var item = switch (what) {
            case 0 -> Yard.pet(number, tenant(), folk(), random.nextInt(PET_NAMES));
            case 1 -> Yard.person(number, tenant());
            case 2 -> Clubs.club(number, head());
            case 3 -> member(number);
            default -> Yard.note(number, tenant());
        };
        item.put("v", value());
        put(
                Yard.spot(
                        List.of("own-Folk", "own-Folk", "own-Clubs", "own-Members", "own-Notes", "own-Notes")
                                .get(what),
                        item),
                item);
    }

    /** Somebody who is in a club, which need not exist, or in none. */
    private Map<String, AttributeValue> member(int number) {
        var member = Clubs.member(number, tenant(), Optional.of(club()).filter(_ -> random.nextBoolean()));
        member.put("personId", text(folk()));
        return member;
    }

    private String club() {
        return "k" + random.nextInt(CLUBS);
    }

    private String head() {
        return "h" + random.nextInt(2);
    }

    /** What a run has created is used as any other club: referred to, changed and deleted. */
    private void useCreated() {
        Yard.everything(simulation.tables()).entrySet().stream()
                .filter(one -> one.getValue().containsKey(Clubs.WHY) && !alone.containsKey(one.getKey()))
                .sorted(Comparator.comparing(one -> one.getKey().name()))
                .findFirst()
                .ifPresent(club -> {
                    switch (random.nextInt(4)) {
                        case 0 -> Others.delete(simulation, club.getKey());
                        case 1 -> {
                            var changed = new HashMap<>(club.getValue());
                            changed.put("v", value());
                            Others.put(simulation, "own-Clubs", changed);
                        }
                        default -> {
                            var note = Yard.note(2 * Yard.RECORDS + random.nextInt(2), tenant());
                            note.put("clubId", club.getValue().get("id"));
                            note.put("v", value());
                            put(Yard.spot("own-Notes", note), note);
                        }
                    }
                });
    }

    private void delete(Spot at) {
        alone.remove(at);
        copies.remove(at);
        Others.delete(simulation, at);
    }

    /** An old copy, read before any run changed the record. */
    private void putBack(Spot at) {
        var all = copies.get(at);
        var copy = new HashMap<>(all.get(random.nextInt(all.size())));
        // A record that is again exactly what the analysis read counts as lost: a limit of verification.
        copy.put("v", value());
        put(at, copy);
    }

    private void put(Spot at, Map<String, AttributeValue> item) {
        knows(at, item);
        simulation.watch().updates().othersPutOurs(at, item);
        Others.put(simulation, at.table(), item);
    }

    /** What a run would write, or has written. */
    private void theSame(Spot at) {
        var mapping = simulation.watch().updates().mapping();
        var all = Yard.everything(simulation.tables());
        if (mapping.unmerged(at, all.get(at), one -> Optional.ofNullable(all.get(one)))
                instanceof InPlaceOutcome.Update plan) {
            var values = new HashMap<String, AttributeValue>();
            plan.touched().forEach((name, touch) -> touch.after().ifPresent(value -> values.put(name, value)));
            update(at, values);
        }
    }

    /** An attribute that the plan writes; a note has its tenant, which the plan reads as well. */
    private String written(Spot at) {
        return switch (at.table()) {
            case "own-Notes" -> List.of("personId", "taken").get(random.nextInt(2));
            case "own-Clubs", "own-Members" -> "seen";
            default -> List.of("orgId", "label", "old", "gone").get(random.nextInt(4));
        };
    }

    /** To any person or pet, merged or not. */
    private void refer(Spot at) {
        switch (at.table()) {
            case "own-Notes" -> {
                var name = List.of("petId", "personId", "clubId").get(random.nextInt(3));
                update(at, Map.of(name, text(name.equals("clubId") ? club() : folk())));
            }
            case "own-Members" -> update(at, Map.of("clubId", text(club()), "personId", text(folk())));
            case "own-Clubs" -> update(at, Map.of("headId", text(head())));
            default -> update(at, Map.of("ownerId", text(folk())));
        }
    }

    private String folk() {
        return "p" + random.nextInt(2 * Yard.RECORDS);
    }

    /** An attribute that the plan reads. */
    private void decide(Spot at) {
        if (!at.table().equals("own-Folk")) {
            update(at, Map.of("tenantId", tenantOf()));
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> update(at, Map.of("name", value()));
            case 1 -> update(at, Map.of("tenantId", tenantOf()));
            case 2 ->
                update(at, Map.of("sort", text(List.of("person", "pet", "none").get(random.nextInt(3)))));
            default -> update(at, Map.of("kind", text(random.nextInt(3) == 0 ? "closed" : "open")));
        }
    }

    /** As an UpdateItem does: the record keeps all other attributes. */
    private void update(Spot at, Map<String, AttributeValue> values) {
        var all = new HashMap<>(values);
        // Whatever an application does, it does not only change what the plan writes.
        all.put("v", value());
        change(at, all);
    }

    private void change(Spot at, Map<String, AttributeValue> all) {
        var mine = new HashMap<>(alone.get(at));
        mine.putAll(all);
        knows(at, mine);
        var there = new HashMap<>(content(at));
        there.putAll(all);
        simulation.watch().updates().othersWriteOurs(at, all);
        Others.put(simulation, at.table(), there);
    }

    @Override
    public void wroteTheSame(Spot at, Update update) {
        var mine = new HashMap<>(alone.get(at));
        mine.putAll(update.set());
        mine.keySet().removeAll(update.remove());
        knows(at, mine);
    }

    private AttributeValue value() {
        return text("write " + writes++);
    }

    private AttributeValue tenantOf() {
        return text(tenant());
    }

    private String tenant() {
        return "t" + random.nextInt(Yard.TENANTS);
    }

    private Map<String, AttributeValue> content(Spot at) {
        return Yard.everything(simulation.tables()).get(at);
    }

    private Optional<Spot> one() {
        var all =
                alone.keySet().stream().sorted(Comparator.comparing(Spot::name)).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var at = all.get(random.nextInt(all.size()));
        // Mostly what has more to go wrong.
        boolean another = (Yard.isOfMembers(at) || at.table().equals("own-Clubs")) && random.nextInt(4) > 0;
        return Optional.of(another ? all.get(random.nextInt(all.size())) : at);
    }
}
