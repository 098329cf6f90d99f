package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Ward.number;
import static dev.rekey.engine.proof.Ward.text;

import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.workflow.ColdProcess;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whoever uses the target goes on using it: records are changed and deleted, ours and theirs, put back as they were before
 * the run, and created under keys that a run is to write and under keys of nobody. Derived ids are known to the application at
 * every moment if the plan says that the target is in use, else while a run has migrated.
 */
final class TargetApplication {
    private static final AttributeValue SAME = text("the same");

    private final Simulation simulation;
    private final Random random;
    private final String plan;

    TargetApplication(Simulation simulation, String plan) {
        this.simulation = simulation;
        this.random = simulation.chances().random();
        this.plan = plan;
    }

    void work() {
        var table = "dst-" + Ward.table(random);
        switch (random.nextInt(12)) {
            case 0 -> put(table, chosen(table));
            case 1 -> put(table, nobodys(table));
            case 2 -> one(table).ifPresent(at -> Others.delete(simulation, at));
            case 5 -> written().ifPresent(at -> Others.delete(simulation, at));
            case 3 -> putBack();
            case 6, 7 -> person().ifPresent(person -> put("dst-People", person));
            case 4 -> one("dst-Clubs").ifPresent(this::join);
            default -> one(table).ifPresent(at -> put(table, content(at)));
        }
    }

    /** A member of theirs, or one of ours who is theirs from now on. */
    private void join(Spot club) {
        var member = random.nextBoolean() ? chosen("dst-Members") : nobodys("dst-Members");
        var joined = new HashMap<>(member);
        joined.put("clubId", club.key().attributes().get("id"));
        put("dst-Members", joined);
    }

    /** Under the id that somebody of the source gets. */
    private Optional<Map<String, AttributeValue>> person() {
        var known = chances().inUse() ? runs() : new Ends(simulation.objects()).migrated();
        var people = sorted(Ward.source(simulation.tables()))
                .filter(at -> at.table().equals("src-People"))
                .toList();
        if (known.isEmpty() || people.isEmpty()) {
            return Optional.empty();
        }
        var documents = simulation.watch().documents();
        var manifest = documents
                .get(new RunFolder(known.getFirst()).manifest(), Manifest.class)
                .value();
        var mapping = new WardMapping(ColdProcess.plan(plan), manifest, documents, _ -> Optional.empty());
        var person = new HashMap<>(
                mapping.target(people.get(random.nextInt(people.size()))).key().attributes());
        person.put("kind", text("open"));
        return Optional.of(person);
    }

    private Chances.Shape chances() {
        return simulation.chances().shape();
    }

    private List<RunId> runs() {
        return simulation.objects().contents().keySet().stream()
                .filter(key -> key.endsWith("/manifest.json"))
                .map(key -> new RunId(key.split("/", -1)[1]))
                .sorted(Comparator.comparing(RunId::value))
                .toList();
    }

    /** A key that a run writes too, unless keys of the table are derived. */
    private Map<String, AttributeValue> chosen(String table) {
        int number = 2 + random.nextInt(6);
        return switch (table) {
            case "dst-Codes" -> Map.of("id", text("c"), "n", number(number));
            case "dst-Notes" -> Map.of("id", text("n" + number));
            case "dst-Members" -> Map.of("id", text("m" + number));
            default -> nobodys(table);
        };
    }

    private Map<String, AttributeValue> nobodys(String table) {
        int number = 100 + random.nextInt(3);
        return switch (table) {
            case "dst-Codes" -> Map.of("id", text("x"), "n", number(number));
            case "dst-Numbers" -> Map.of("id", number(number));
            default -> Map.of("id", text("x" + number));
        };
    }

    /** As if somebody had restored a backup. What a run writes, too, nobody could tell from the run's. */
    private void putBack() {
        var all = sorted(EndOfStory.ORIGINAL)
                .filter(at -> !SAME.equals(EndOfStory.ORIGINAL.get(at).get("v")))
                .toList();
        var at = all.get(random.nextInt(all.size()));
        Others.put(simulation, at.table(), EndOfStory.ORIGINAL.get(at));
    }

    private void put(String table, Map<String, AttributeValue> item) {
        var changed = new HashMap<>(item);
        changed.put("v", text("a stranger's " + simulation.scheduler().nowMillis()));
        Others.put(simulation, table, changed);
    }

    private Optional<Spot> one(String table) {
        return oneOf(Ward.target(simulation.tables()).keySet().stream()
                .filter(at -> at.table().equals(table)));
    }

    /** A record that a run wrote last. */
    private Optional<Spot> written() {
        return oneOf(simulation.watch().ours().keySet().stream());
    }

    private Optional<Spot> oneOf(Stream<Spot> spots) {
        var all = spots.sorted(Comparator.comparing(Spot::name)).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private static Stream<Spot> sorted(Map<Spot, Map<String, AttributeValue>> all) {
        return all.keySet().stream().sorted(Comparator.comparing(Spot::name));
    }

    private Map<String, AttributeValue> content(Spot at) {
        return Ward.target(simulation.tables()).get(at);
    }
}
