package dev.rekey.engine.join;

import java.util.List;

/** Finds the known ids among the values of one partition. */
final class ValueMatch {
    private final KnownIds known = new KnownIds();
    private final PlacedHashes<Sighting.Where> seen;

    /** @param mostValues that are held */
    ValueMatch(int mostValues) {
        this.seen = new PlacedHashes<>(mostValues);
    }

    void known(Spilled.Known line) {
        known.add(line);
    }

    KnownIds known() {
        return known;
    }

    void seen(Spilled.Values line) {
        seen.add(
                new Sighting.Where(
                        line.table(),
                        line.path(),
                        line.seen().part(),
                        line.seen().type()),
                line.seen());
    }

    /** Every place with values, whether or not any of them matches. */
    List<Sighting> sightings() {
        return seen.found(known, Sighting.Where::type).stream()
                .map(found -> new Sighting(
                        found.where().table(),
                        found.where().path(),
                        found.where().part(),
                        found.where().type(),
                        found.values(),
                        found.hits(),
                        found.estimated()))
                .toList();
    }
}
