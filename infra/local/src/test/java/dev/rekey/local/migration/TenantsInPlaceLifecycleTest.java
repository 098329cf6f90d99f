package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
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

    /** One tenant is migrated, then all; one tenant is rolled back, then one table, then the rest. */
    @Test
    void partsAreMigratedAndRolledBack() throws Exception {
        var live = LiveProfiles.create(stack.db(), "parts");
        var before = live.dump();
        int ofOne = LiveProfiles.PROFILES / LiveProfiles.TENANTS;
        var one = input("migrate").put("plan", live.plan());
        one.putObject("where").put("tenant_id", "legacy-1");
        var first = succeeded(one);
        assertThat(first.at("/counts/updated").asInt()).isEqualTo(ofOne);
        assertThat(live.done()).containsOnlyKeys("legacy-1").containsEntry("legacy-1", (long) ofOne);

        var second = migrated(live);
        assertThat(second.at("/counts/updated").asInt()).isEqualTo(LiveProfiles.PROFILES - ofOne);
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

    /** The value that an execution is given takes the place of the plan's, is frozen, and decides what is written. */
    @Test
    void aParameterChangesWhatIsWritten() throws Exception {
        var live = LiveProfiles.create(stack.db(), "given");
        var before = live.dump();
        var plan = live.plan().replace("families:", "parameters: { stage: staging }\nfamilies:")
                + "    set: { stage: \"{% $parameters.stage %}\" }\n";
        var input = input("migrate").put("plan", plan);
        input.putObject("parameters").put("stage", "production");
        var run = succeeded(input);
        assertThat(live.profiles())
                .allSatisfy(profile -> assertThat(profile.get("stage")).isEqualTo(s("production")));
        var frozen = JSON.readTree(stack.get("runs/" + run.at("/run").asText() + "/manifest.json"));
        assertThat(frozen.findValue("parameters"))
                .isEqualTo(JSON.createObjectNode().put("stage", "production"));
        rolledBack(run);
        assertThat(live.dump()).isEqualTo(before);
    }

    @Test
    void whatTheApplicationChangedSinceIsKeptByTheRollback() throws Exception {
        var live = LiveProfiles.create(stack.db(), "drift");
        var before = live.dump();
        var run = migrated(live);
        live.set("p1", "organization_id", s("org-other"));
        live.set("p2", "name", s("renamed"));
        live.remove("p3", "organization_id");
        live.delete("p4");

        var verified = succeeded(input("verify").put("run", run.at("/run").asText()));
        assertThat(verified.at("/verification/altered").asInt()).isZero();
        assertThat(verified.at("/remaining/drifted").asInt()).isEqualTo(1);
        assertThat(verified.at("/remaining/reverted").asInt()).isEqualTo(1);
        assertThat(verified.at("/remaining/gone").asInt()).isEqualTo(1);

        var undone = rolledBack(run);
        assertThat(undone.at("/drift").asInt()).isEqualTo(2);
        assertThat(live.profile("p1").get("organization_id")).isEqualTo(s("org-other"));
        live.remove("p1", "organization_id");
        live.set("p2", "name", s("Profile 2"));
        live.put(LiveProfiles.initial(4));
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

    @Test
    void anOrganizationThatDoesNotExistRefusesTheRun() throws Exception {
        var live = LiveProfiles.create(stack.db(), "lost");
        var before = live.dump();
        live.deleteOrganization("org-2");
        var refused = stack.run(input("migrate").put("plan", live.plan()));
        assertThat(refused.error()).isEqualTo("Rekey.NotReady");
        assertThat(refused.cause()).contains("org-2");
        live.putOrganization(2);
        assertThat(live.dump()).isEqualTo(before);

        live.put(Map.of("id", s("p-unknown"), "tenant_id", s("legacy-unknown")));
        var unmapped = stack.run(input("migrate").put("plan", live.plan()));
        assertThat(unmapped.error()).isEqualTo("Rekey.NotReady");
        assertThat(unmapped.cause()).contains("mapping.no-new-id").contains("p-unknown");
    }
}
