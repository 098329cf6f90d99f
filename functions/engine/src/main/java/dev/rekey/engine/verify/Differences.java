package dev.rekey.engine.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RecordKinds;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.segment.Gathered;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.undo.ReferredGone.Referrers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keeps what verification has to say of single records, page by page, in S3. */
final class Differences {
    private static final int MOST_ATTRIBUTES = 100;

    private final NotedDifferences noted;
    private final VerifyWork work;
    private final RecordKinds<Changes> changes;

    /** @param changes by table */
    Differences(Documents documents, RunFolder folder, VerifyWork work, RecordKinds<Changes> changes) {
        this.noted = new NotedDifferences(documents, folder, work.task(), work.level());
        this.work = work;
        this.changes = changes;
    }

    /** The verdicts of one page. */
    final class OfPage {
        private final Map<TableName, Map<Counted, Long>> counts = new HashMap<>();
        private final List<Difference> differences = new ArrayList<>();

        void add(TableName table, Verdict verdict, Key key) {
            count(table, verdict);
            if (isNoted(verdict)) {
                differences.add(new Difference(verdict, table, TypedJson.text(key.attributes()), List.of()));
            }
        }

        /** A record that was changed since the analysis so that the plan no longer fits it. */
        void late(TableName table, Key key, MappingOutcome.Unmappable why) {
            count(table, Verdict.LATE);
            // Of a whole record, such as one that is too large, the reason says more.
            var where = why.path().isEmpty() ? why.id() : why.path();
            differences.add(new Difference(Verdict.LATE, table, TypedJson.text(key.attributes()), List.of(where)));
        }

        /** A record that was left out because others' record has its place in the target. */
        void lateSinceTaken(TableName table, Key key) {
            count(table, Verdict.LATE);
            differences.add(new Difference(
                    Verdict.LATE, table, TypedJson.text(key.attributes()), List.of(Difference.PLACE_TAKEN)));
        }

        /** A copy whose source record is gone, and that stays because others refer to it. */
        void goneAndReferred(TableName table, Key key, Referrers by) {
            count(table, Verdict.GONE);
            differences.add(new Difference(
                    Verdict.GONE,
                    table,
                    TypedJson.text(key.attributes()),
                    List.copyOf(by.places()),
                    List.of(),
                    (int) Math.min(Integer.MAX_VALUE, by.references()),
                    Optional.empty(),
                    false));
        }

        /**
         * A record that is not what it should be.
         *
         * @param onDrift whether others changed it, and it is a failure only because the plan says so
         */
        void add(
                TableName table,
                Verdict verdict,
                Key key,
                Map<String, AttributeValue> expected,
                Map<String, AttributeValue> found,
                boolean onDrift) {
            count(table, verdict);
            var places = changes.get(table).between(expected, found);
            differences.add(new Difference(
                    verdict,
                    table,
                    TypedJson.text(key.attributes()),
                    Changes.attributes(expected, found).stream()
                            .limit(MOST_ATTRIBUTES)
                            .toList(),
                    places.changes(),
                    places.places() > places.changes().size() ? places.places() : 0,
                    Optional.empty(),
                    onDrift));
        }

        static boolean isNoted(Verdict verdict) {
            return switch (verdict) {
                case MATCHED, MERGED, ROLLED_BACK, SKIPPED, PREEXISTING, LATER_RUN -> false;
                case MISSING,
                        ALTERED,
                        COLLIDED,
                        DANGLING,
                        UNEXPECTED,
                        MOVED,
                        REVERTED,
                        LATE,
                        GONE,
                        DRIFTED,
                        LATE_REFERENCE,
                        GONE_REFERENCE,
                        REMOVED_REFERENCE,
                        SURVIVOR_LOST,
                        UNMERGED,
                        MATCH_ENDED,
                        EXPIRED -> true;
            };
        }

        /** With the digests of each table. */
        PageOutcome.Advanced advanced(Optional<JsonNode> next, Map<TableName, ExpectedAndFound> digests) {
            var gathered = new HashMap<TableName, Gathered>();
            for (var table : changes.all().keySet()) {
                gathered.put(
                        table,
                        new Gathered(
                                counts.getOrDefault(table, Map.of()),
                                digests.getOrDefault(table, new ExpectedAndFound())
                                        .all()));
            }
            return PageOutcome.Advanced.of(next, gathered, changes.areSeveral());
        }

        private void count(TableName table, Verdict verdict) {
            counts.computeIfAbsent(table, _ -> new EnumMap<>(Counted.class)).merge(verdict.counted(), 1L, Long::sum);
        }
    }

    OfPage page() {
        return new OfPage();
    }

    void write(int page, OfPage verdicts, boolean redone) {
        var name = "%s-%s-%08d".formatted(work.table(), work.segment().folder(), page);
        noted.write(name, verdicts.differences, redone);
    }
}
