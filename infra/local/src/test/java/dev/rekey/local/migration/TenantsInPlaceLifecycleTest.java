package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Profiles of a live application get the id of an organization beside the tenant's: on the real stores. */
final class TenantsInPlaceLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WholeStack stack = WholeStack.started();

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "tenants");
    }

    private JsonNode succeeded(ObjectNode input) throws Exception {
        var ended = stack.run(input);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return JSON.readTree(ended.output());
    }

    private JsonNode migrated(LiveProfiles live) throws Exception {
        return succeeded(input("migrate").put("plan", live.plan()));
    }

    private JsonNode rolledBack(JsonNode run) throws Exception {
        return succeeded(input("rollback").put("run", run.at("/run").asText()).put("verify", true));
    }

    @Test
    void recordsAreChangedVerifiedAndRestoredToTheByte() throws Exception {
        var live = LiveProfiles.create(stack.db(), "quiet");
        var before = live.dump();
        var first = migrated(live);
        int all = LiveProfiles.PROFILES + LiveProfiles.ORGANIZATIONS;
        assertThat(first.at("/counts/updated").asInt()).isEqualTo(LiveProfiles.PROFILES);
        assertThat(first.at("/verification/matched").asInt()).isEqualTo(all);
        assertThat(first.at("/message").asText())
                .isEqualTo(LiveProfiles.PROFILES + " records changed in place and verified.");
        live.profiles()
                .forEach(profile ->
                        assertThat(profile.get("organization_id")).isEqualTo(LiveProfiles.organizationOf(profile)));
        var after = live.dump();
        succeeded(input("verify").put("run", first.at("/run").asText()));

        var second = migrated(live);
        assertThat(second.at("/counts").has("updated")).isFalse();
        assertThat(second.at("/counts/identical").asInt()).isEqualTo(all);
        assertThat(second.at("/message").asText())
                .isEqualTo("Nothing was written: all " + all
                        + " records were already as the plan says and were verified.");
        assertThat(live.dump()).isEqualTo(after);

        // The second run wrote nothing, so it does not block the rollback of the first.
        var undone = rolledBack(first);
        assertThat(undone.at("/message").asText())
                .startsWith("Rolled back: " + LiveProfiles.PROFILES
                        + " records restored, 0 kept because somebody else changed them. Compared with the undo log: "
                        + LiveProfiles.PROFILES + " records are as before the run, 0 changed by others, 0 different.");
        assertThat(live.dump()).isEqualTo(before);

        rolledBack(second);
        migrated(live);
        assertThat(live.dump()).isEqualTo(after);
    }

    /**
     * One tenant is migrated, then all; one tenant is rolled back, then one table, then the rest. A value that is given for a
     * run takes the place of the plan's, is frozen, and is written.
     */
    @Test
    void partsAreMigratedAndRolledBack() throws Exception {
        var live = LiveProfiles.create(stack.db(), "parts");
        var before = live.dump();
        int ofOne = LiveProfiles.PROFILES / LiveProfiles.TENANTS;
        var plan = live.plan().replace("families:", "parameters: { stage: staging }\nfamilies:")
                + "    set: { stage: \"{% $parameters.stage %}\" }\n";
        var given = JSON.createObjectNode().put("stage", "production");
        var one = input("migrate").put("plan", plan);
        one.putObject("where").put("tenant_id", "legacy-1");
        one.set("parameters", given);
        var first = succeeded(one);
        assertThat(first.at("/counts/updated").asInt()).isEqualTo(ofOne);
        assertThat(live.done()).containsOnlyKeys("legacy-1").containsEntry("legacy-1", (long) ofOne);

        var all = input("migrate").put("plan", plan);
        all.set("parameters", given);
        var second = succeeded(all);
        assertThat(second.at("/counts/updated").asInt()).isEqualTo(LiveProfiles.PROFILES - ofOne);
        assertThat(live.profiles())
                .allSatisfy(profile -> assertThat(profile.get("stage")).isEqualTo(s("production")));
        var frozen = JSON.readTree(stack.get("runs/" + second.at("/run").asText() + "/manifest.json"));
        assertThat(frozen.findValue("parameters")).isEqualTo(given);
        var part = input("rollback").put("run", second.at("/run").asText()).put("table", "profiles");
        part.putObject("where").put("tenant_id", "legacy-2");
        var undone = succeeded(part);
        assertThat(undone.at("/counts/restored").asInt()).isEqualTo(ofOne);
        assertThat(live.done()).containsOnlyKeys("legacy-0", "legacy-1", "legacy-3", "legacy-4");

        rolledBack(second);
        assertThat(live.done()).containsOnlyKeys("legacy-1");
        rolledBack(first);
        assertThat(live.dump()).isEqualTo(before);
    }

    /** The application reads and writes all the time: none of its updates is lost, and the second run brings the rest. */
    @Test
    void anApplicationGoesOnWritingWhileTheRunWorks() throws Exception {
        var live = LiveProfiles.create(stack.db(), "busy");
        JsonNode first;
        try (var application = new LiveApplication(live)) {
            application.waitForWrites();
            first = migrated(live);
            application.waitForWrites();
            assertThat(application.lost()).isEmpty();
        }
        assertThat(first.at("/verification/verdict").asText()).isEqualTo("passed");
        var second = migrated(live);
        assertThat(second.has("remaining")).isFalse();
        assertThat(second.at("/verification/matched").asInt())
                .isEqualTo(live.profiles().size() + LiveProfiles.ORGANIZATIONS);
        live.profiles()
                .forEach(profile ->
                        assertThat(profile.get("organization_id")).isEqualTo(LiveProfiles.organizationOf(profile)));
        var expected = live.dumpWithout("organization_id");

        assertThat(rolledBack(second).at("/drift").asInt()).isZero();
        rolledBack(first);
        assertThat(live.dump()).isEqualTo(expected);
    }
}
