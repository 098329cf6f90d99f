package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.RecordChange;
import dev.rekey.engine.run.ChangeKind;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.FrozenMerges.Origin;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergeReasonsTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");
    private static final String PLAN = """
        plan: promote
        source: { tables: "{table}-staging" }
        target: { tables: "{table}-production" }
        identity: { rule: derive, namespace: production }
        tables: { Contacts: { merge: { matchBy: [email, name] } } }
        """;

    private final InMemoryObjects bucket = new InMemoryObjects();
    private final Documents documents =
            new Documents(bucket, new Backoff(new ManualTime(), new Random(1), Instant.MAX));

    @Test
    void saysWhichAttributesMatchAndWhoDecided() {
        var folder = new RunFolder(RUN);
        new RunFiles(bucket, RUN).prepared("analyze", Phase.READ, "arn", 1);
        documents.putBytes(folder.planAsWritten(), PLAN.getBytes(StandardCharsets.UTF_8));
        new FrozenMerges(List.of(
                        merged("c2", Origin.MATCH), merged("c3", Origin.PLAN), merged("c4", Origin.EARLIER_RUN)))
                .freeze(documents, folder);
        var reasons = new MergeReasons(documents, KnownRun.find(documents, "bucket", "show", RUN.value()));

        assertThat(reasons.of(change(ChangeKind.MERGE, "c2"))).contains("because they match: email, name");
        assertThat(reasons.of(change(ChangeKind.MERGE, "c3"))).contains("as the plan says");
        assertThat(reasons.of(change(ChangeKind.MERGE, "c4"))).contains("by an earlier run");
        assertThat(reasons.of(change(ChangeKind.MERGE, "c5"))).isEmpty();
        assertThat(reasons.of(change(ChangeKind.CHANGE, "c2"))).isEmpty();
    }

    private static FrozenMerges.Merged merged(String id, Origin origin) {
        return new FrozenMerges.Merged(
                new FamilyName("Contacts"), new OldId(KeyType.S, id), new OldId(KeyType.S, "c1"), origin);
    }

    private static RecordChange change(ChangeKind kind, String id) {
        return new RecordChange(
                kind,
                new TableName("Contacts"),
                "{\"id\":{\"S\":\"" + id + "\"}}",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                Optional.empty());
    }
}
