package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.log.MappedIds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where old and new ids can be had.
 *
 * @param ids those that stand in the page
 */
record MappingSection(Optional<Ids> ids, String command) {
    /** More are folded up. */
    private static final int SHOWN_AT_ONCE = 20;

    /**
     * All ids.
     *
     * @param data the CSV as Base64
     * @param open whether they are not folded up
     */
    private record Ids(String file, String data, String count, boolean open, List<Row> rows) {
        static Ids of(String run, List<MappedIds> all) {
            return new Ids(
                    run + "-ids.csv",
                    csv(all),
                    Wording.count(all.size(), "record"),
                    all.size() <= SHOWN_AT_ONCE,
                    all.stream().map(Row::of).toList());
        }

        private static String csv(List<MappedIds> ids) {
            var csv = MappedIds.heading() + ids.stream().map(MappedIds::line).collect(Collectors.joining());
            return Base64.getEncoder().encodeToString(csv.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** One record. */
    private record Row(String table, String before, String after, String outcome) {
        static Row of(MappedIds ids) {
            return new Row(
                    ids.table(),
                    key(ids.oldPartitionKey(), ids.oldSortKey()),
                    key(ids.newPartitionKey(), ids.newSortKey()),
                    ids.outcome());
        }

        private static String key(String partition, String sort) {
            return Wording.visible(sort.isEmpty() ? partition : partition + " · " + sort);
        }
    }

    static Optional<MappingSection> of(Shown shown) {
        var run = shown.report().subject().run().value();
        return switch (shown.report().outcome()) {
            case MIGRATED, VERIFIED, TESTED ->
                Optional.of(new MappingSection(
                        shown.ids().map(all -> Ids.of(run, all)), "rekey report --run " + run + " --ids"));
            case ANALYZED, REFUSED, ROLLED_BACK, STOPPED, INCOMPLETE -> Optional.empty();
        };
    }
}
