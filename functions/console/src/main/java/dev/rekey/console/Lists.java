package dev.rekey.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.engine.analyze.ChangeList;
import dev.rekey.engine.analyze.Findings;
import dev.rekey.engine.analyze.RecordChange;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Lists of a run that may have millions of lines, in pages; an object is not read further than to the end of the page. */
final class Lists {
    private static final int MOST_CHARACTERS = 4_000_000;
    private static final String AFTER = "after";
    private static final String SHOW_VALUES = "showValues";
    private static final Set<String> OF_ALL = Set.of(AFTER, "limit", "q");

    private final Behind behind;
    private final Reading reading;

    Lists(Behind behind, Reading reading) {
        this.behind = behind;
        this.reading = reading;
    }

    Answer findings(Asked asked, String run) {
        var known = known(asked, run, "findings", "id", "table", "path");
        var objects = below(Findings.all(new RunFolder(known.id())));
        return answer(asked, run, "findings", objects, JsonNode.class, line -> line);
    }

    Answer differences(Asked asked, String run) {
        known(asked, run, "differences", "verdict", "table");
        var files = reading.newest(run).content().verified().differenceFiles();
        var objects = files.stream().map(ObjectKey::new).toList();
        return answer(asked, run, "differences", objects, JsonNode.class, line -> line);
    }

    Answer changes(Asked asked, String run) {
        var known = known(asked, run, "changes", "kind", "table", SHOW_VALUES);
        if (known.manifest().options().changes().isEmpty()) {
            throw new Problem(
                    Problem.Kind.RUN_REFUSED,
                    "Cannot show the changes of run " + run
                            + ": it has no list of them. Nothing was changed. Start an analysis with \"changes\": true.");
        }
        var objects = below(new ChangeList(behind.documents().get(), known.manifest()).prefix());
        boolean values = asked.query(SHOW_VALUES).filter("true"::equals).isPresent();
        return answer(
                asked,
                run,
                "changes",
                objects,
                RecordChange.class,
                line -> Documents.tree(values ? line : line.named()));
    }

    /** The run; what is asked for has no other fields than those of the list. */
    private KnownRun known(Asked asked, String run, String list, String... filters) {
        var fields = new TreeSet<>(OF_ALL);
        fields.addAll(List.of(filters));
        asked.query().keySet().stream()
                .filter(name -> !fields.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Problem(
                            Problem.Kind.FIELD,
                            "Cannot show the " + list + " of run " + run + ": there is no field \"" + name
                                    + "\". Nothing was read. Use some of: " + String.join(", ", fields) + ".");
                });
        return KnownRun.find(behind.documents().get(), behind.about().bucket(), "show the " + list + " of", run);
    }

    private List<ObjectKey> below(String prefix) {
        return behind.documents().get().list(prefix);
    }

    private <T> Answer answer(
            Asked asked, String run, String list, List<ObjectKey> objects, Class<T> type, Function<T, JsonNode> shown) {
        var page = new Page(asked, Place.after(asked), Reading.limit(asked));
        var documents = behind.documents().get();
        for (int at = page.from.object(); at < objects.size() && page.next.isEmpty(); at++) {
            int object = at;
            var line = new AtomicInteger();
            documents.eachLineWhile(
                    objects.get(at),
                    type,
                    one -> page.take(new Place(object, line.incrementAndGet()), shown.apply(one)));
        }
        var document = JsonNodeFactory.instance.objectNode().put("run", run);
        document.putArray(list).addAll(page.lines);
        page.next.ifPresent(next -> document.put("next", next.words()));
        return Answer.json(200, document);
    }

    /**
     * Where a line stands. The objects of a run that has ended stay as they are.
     *
     * @param object its number, from 0
     * @param line its number in the object, from 1
     */
    private record Place(int object, int line) {
        static Place after(Asked asked) {
            var given = asked.query(AFTER);
            var place = given.filter(text -> text.matches("[0-9]{1,8}-[0-9]{1,9}"))
                    .map(text -> text.split("-"))
                    .map(parts -> new Place(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
            if (given.isPresent() && place.isEmpty()) {
                throw new Problem(
                        Problem.Kind.FIELD,
                        "Cannot give a page: \"after\" is no place in the list. Nothing was read. Use \"next\" of an earlier answer.");
            }
            return place.orElse(new Place(0, 0));
        }

        boolean isAfter(Place other) {
            return object > other.object || (object == other.object && line > other.line);
        }

        String words() {
            return object + "-" + line;
        }
    }

    /** Takes lines until it has as many as were asked for, and knows whether there are more. */
    private static final class Page {
        private final Asked asked;
        private final Place from;
        private final int limit;
        private final List<JsonNode> lines = new ArrayList<>();
        private Place last;
        private long characters;
        private Optional<Place> next = Optional.empty();

        Page(Asked asked, Place from, int limit) {
            this.asked = asked;
            this.from = from;
            this.limit = limit;
            this.last = from;
        }

        /** Whether more lines are to be read. */
        boolean take(Place place, JsonNode line) {
            if (!place.isAfter(from) || !isWanted(line)) {
                return true;
            }
            if (lines.size() == limit || characters > MOST_CHARACTERS) {
                next = Optional.of(last);
                return false;
            }
            lines.add(line);
            characters += line.toString().length();
            last = place;
            return true;
        }

        private boolean isWanted(JsonNode line) {
            return asked.query().keySet().stream()
                            .filter(name -> !OF_ALL.contains(name) && !name.equals(SHOW_VALUES))
                            .allMatch(name -> asked.query(name)
                                    .filter(value -> !line.path(name).asText().equals(value))
                                    .isEmpty())
                    && asked.query("q")
                            .filter(text -> !line.path("record").asText().contains(text))
                            .isEmpty();
        }
    }
}
