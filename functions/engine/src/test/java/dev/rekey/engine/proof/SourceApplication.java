package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Ward.number;
import static dev.rekey.engine.proof.Ward.text;

import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Watch.Spot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whoever uses the source goes on using it: parents come with children, records are edited, deleted, deleted and created
 * again, referred to others, hidden from the plan and shown again, and made so that the plan does not fit. No two of its writes have the same content.
 */
final class SourceApplication {
    private static final int PEOPLE = 10;
    private static final int CLUBS = 8;

    private final Simulation simulation;
    private final Random random;
    /** What the plan leaves out for a moment. */
    private Optional<Spot> closed = Optional.empty();

    private int writes;

    SourceApplication(Simulation simulation) {
        this.simulation = simulation;
        this.random = simulation.chances().random();
    }

    /** One transaction. */
    void work() {
        switch (random.nextInt(17)) {
            case 0, 1 -> family();
            case 2 -> one().ifPresent(at -> edit(at, Map.of()));
            case 3 -> one().ifPresent(this::delete);
            case 4 ->
                one().ifPresent(at -> {
                    var record = content(at);
                    delete(at);
                    write(at.table(), record, Map.of());
                });
            case 5 -> one().filter(at -> !at.table().equals("src-Numbers")).ifPresent(this::refer);
            case 6 -> one("src-People", "src-Notes").ifPresent(this::hideOrShow);
            case 7 -> one("src-People").ifPresent(this::deleteWithChildren);
            case 8 -> pair();
            case 9, 10 -> member();
            case 11 -> misfit();
            case 12 -> write("src-Clubs", Clubs.club(random.nextInt(CLUBS), "h" + random.nextInt(2)), Map.of());
            case 13 -> part();
            case 14, 15 -> closeOrOpen();
            default -> write("src-Numbers", Map.of("id", number(random.nextInt(9))), Map.of());
        }
    }

    /** What an application that keeps its references sees to in the end: the plan refuses orphans among the notes, and people without a manager's id. */
    void tidyUp() {
        var _ = correct();
        for (var at : all("src-Notes")) {
            var person = Optional.ofNullable(content(at).get("personId"));
            if (person.isPresent() && !mayBeReferredTo(person.get())) {
                edit(at, Map.of("personId", openPerson()));
            }
        }
    }

    /** Somebody whom the plan cannot map; or the one who is there is corrected. */
    private void misfit() {
        if (!correct()) {
            one("src-People").ifPresent(at -> edit(at, Map.of("managerId", AttributeValue.fromBool(false))));
        }
    }

    private boolean correct() {
        var misfits = all("src-People").stream()
                .filter(at -> content(at).get("managerId").s() == null)
                .toList();
        misfits.forEach(at -> edit(at, Map.of("managerId", text("p0"))));
        return !misfits.isEmpty();
    }

    /** Somebody new, or somebody again, and records that belong to them. */
    private void family() {
        int number = random.nextInt(PEOPLE);
        boolean childFirst = random.nextInt(4) == 0;
        if (childFirst) {
            code("p" + number);
        }
        write("src-People", Ward.person(number, "p" + random.nextInt(PEOPLE), ""), Map.of());
        if (!childFirst) {
            code("p" + number);
        }
        if (random.nextBoolean()) {
            write("src-Notes", Ward.note(random.nextInt(9), "p" + number, ""), Map.of());
        }
    }

    /** Another letter that becomes one with a letter to somebody who is merged. */
    private void pair() {
        all("src-Notes").stream()
                .flatMap(at -> Ward.KIN.child().apply(at, content(at)).stream())
                .filter(letter -> letter.parent().equals("p2"))
                .findFirst()
                .ifPresent(letter ->
                        write("src-Notes", Ward.note(2 * random.nextInt(4), "p3", ""), Map.of("title", letter.name())));
    }

    /** A letter to somebody who is merged gets another title than the one that it becomes one with. */
    private void part() {
        all("src-Notes").stream()
                .filter(at -> Ward.KIN.child().apply(at, content(at)).stream()
                        .anyMatch(letter -> List.of("p2", "p3").contains(letter.parent())))
                .skip(random.nextInt(2))
                .findFirst()
                .ifPresent(at -> edit(at, Map.of("title", text("title " + (3 + random.nextInt(3))))));
    }

    /** The plan leaves a record out for a moment, which then is exactly as before. */
    private void closeOrOpen() {
        if (closed.isEmpty()) {
            closed = one("src-People", "src-Notes")
                    .filter(at -> text("open").equals(content(at).get("kind")));
            closed.ifPresent(at -> change(at, "closed"));
            return;
        }
        closed.filter(at -> Optional.ofNullable(content(at))
                        .filter(record -> text("closed").equals(record.get("kind")))
                        .isPresent())
                .ifPresent(at -> change(at, "open"));
        closed = Optional.empty();
    }

    private void change(Spot at, String kind) {
        var record = new HashMap<>(content(at));
        record.put("kind", text(kind));
        Others.put(simulation, at.table(), record);
    }

    /** Somebody who is in a club, which need not exist, or in none. */
    private void member() {
        var club = Optional.of("k" + random.nextInt(CLUBS)).filter(_ -> random.nextBoolean());
        write("src-Members", Clubs.member(random.nextInt(9), "t" + random.nextInt(3), club), Map.of());
    }

    private void code(String person) {
        var key = Map.of("id", text("c"), "n", number(random.nextInt(9)));
        write("src-Codes", key, Map.of("personId", text(person)));
    }

    /** To anybody, who need not exist; of a note mostly to somebody who does. */
    private void refer(Spot at) {
        if (at.table().equals("src-Clubs")) {
            edit(at, Map.of("headId", text("h" + random.nextInt(2))));
            return;
        }
        if (at.table().equals("src-Members")) {
            edit(at, Map.of("clubId", text("k" + random.nextInt(CLUBS))));
            return;
        }
        var reference = at.table().equals("src-People") ? "managerId" : "personId";
        boolean strict = at.table().equals("src-Notes") && random.nextInt(10) > 0;
        edit(at, Map.of(reference, strict ? openPerson() : text("p" + random.nextInt(PEOPLE))));
    }

    private void hideOrShow(Spot at) {
        edit(at, Map.of("kind", text(Ward.moves(at.table(), content(at)) ? "closed" : "open")));
    }

    private void deleteWithChildren(Spot person) {
        var id = person.key().attributes().get("id");
        for (var table : List.of("src-Codes", "src-Notes")) {
            all(table).stream()
                    .filter(at -> id.equals(content(at).get("personId")))
                    .forEach(this::delete);
        }
        delete(person);
    }

    /** Whether the person moves, and the one that it is merged into. */
    private boolean mayBeReferredTo(AttributeValue person) {
        var survivor = Kin.named(Ward.KIN).survivor(new Kin.Member("People", person.s()));
        return isOpen(person) && isOpen(text(survivor.id()));
    }

    private boolean isOpen(AttributeValue person) {
        return all("src-People").stream()
                .filter(at -> at.key().attributes().get("id").equals(person))
                .anyMatch(at -> Ward.moves(at.table(), content(at)));
    }

    private AttributeValue openPerson() {
        var people = all("src-People").stream()
                .map(at -> at.key().attributes().get("id"))
                .filter(this::mayBeReferredTo)
                .toList();
        if (people.isEmpty()) {
            write("src-People", Ward.person(0, "p0", ""), Map.of());
            return text("p0");
        }
        return people.get(random.nextInt(people.size()));
    }

    private Optional<Spot> one(String... tables) {
        var from = tables.length == 0 ? "src-" + Ward.table(random) : tables[random.nextInt(tables.length)];
        var all = all(from);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private List<Spot> all(String table) {
        return Ward.source(simulation.tables()).keySet().stream()
                .filter(at -> at.table().equals(table))
                .sorted(Comparator.comparing(Spot::name))
                .toList();
    }

    private Map<String, AttributeValue> content(Spot at) {
        return Ward.source(simulation.tables()).get(at);
    }

    private void edit(Spot at, Map<String, AttributeValue> changes) {
        write(at.table(), content(at), changes);
    }

    private void write(String table, Map<String, AttributeValue> record, Map<String, AttributeValue> changes) {
        var written = new HashMap<>(record);
        written.putAll(changes);
        written.put("v", text("write " + writes++));
        Others.put(simulation, table, written);
    }

    private void delete(Spot at) {
        Others.delete(simulation, at);
    }
}
