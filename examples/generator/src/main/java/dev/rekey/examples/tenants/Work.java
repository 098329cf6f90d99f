package dev.rekey.examples.tenants;

import dev.rekey.examples.ExampleRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * People, their claims and the documents of those. Each record follows from the seed, its table and its index, so that a
 * reference needs no memory of the records before it.
 */
record Work(TenantData data) {
    private static final Instant FIRST_DAY = Instant.parse("2023-01-01T00:00:00Z");
    private static final int TWO_YEARS_IN_SECONDS = 2 * 365 * 24 * 3600;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int MOST_CENTS = 1_000_000;
    private static final List<String> ROLES = List.of("owner", "adjuster", "clerk", "auditor");
    private static final List<String> STATES = List.of("open", "in review", "paid", "declined");
    private static final List<String> WORDS = List.of(
            "water",
            "roof",
            "window",
            "storm",
            "kitchen",
            "garage",
            "report",
            "photo",
            "invoice",
            "estimate",
            "north",
            "south",
            "repair",
            "damage",
            "visit",
            "second",
            "first",
            "final");
    private static final int WORDS_PER_NOTE = 30;

    ExampleRecord profile(int index) {
        var random = randomOf(TenantData.PROFILES, index);
        return row(TenantData.PROFILES, index, tenantOf(index), random)
                .text("email", "person%d@example.com".formatted(index))
                .text("name", "Person " + index)
                .text("role", one(ROLES, random))
                .put("settings", settings(random))
                .in(TenantData.PROFILES);
    }

    private static AttributeValue settings(SplittableRandom random) {
        return AttributeValue.fromM(Map.of(
                "newsletter", AttributeValue.fromBool(random.nextBoolean()),
                "theme", AttributeValue.fromS(random.nextBoolean() ? "dark" : "light")));
    }

    ExampleRecord claim(int index) {
        var random = randomOf(TenantData.CLAIMS, index);
        int profile = profileOf(index);
        return row(TenantData.CLAIMS, index, tenantOf(profile), random)
                .text("user_id", id(TenantData.PROFILES, profile))
                .number("cents", random.nextInt(MOST_CENTS))
                .text("state", one(STATES, random))
                .in(TenantData.CLAIMS);
    }

    ExampleRecord document(int index) {
        var random = randomOf(TenantData.DOCUMENTS, index);
        int claim = choice("claim of", index, data.claims());
        return row(TenantData.DOCUMENTS, index, tenantOf(profileOf(claim)), random)
                .text("claim_id", id(TenantData.CLAIMS, claim))
                .text("title", one(WORDS, random) + " " + one(WORDS, random))
                .number("pages", 1 + random.nextInt(WORDS.size()))
                .in(TenantData.DOCUMENTS);
    }

    static String id(String table, int index) {
        return "%s-%06d".formatted(table.substring(0, table.length() - 1), index);
    }

    private static Row row(String table, int index, int tenant, SplittableRandom random) {
        var notes = new StringBuilder(one(WORDS, random));
        for (int i = 1; i < WORDS_PER_NOTE; i++) {
            notes.append(' ').append(one(WORDS, random));
        }
        var created = FIRST_DAY.plusSeconds(random.nextInt(TWO_YEARS_IN_SECONDS));
        return new Row()
                .text("id", id(table, index))
                .text("tenant_id", TenantData.tenantId(tenant))
                .text("created_at", created.toString())
                .text(
                        "updated_at",
                        created.plusSeconds(random.nextInt(SECONDS_PER_HOUR)).toString())
                .text("notes", notes.toString());
    }

    /** Each tenant has a profile; of the others, the first tenants have more than the last. */
    private int tenantOf(int profile) {
        if (profile < data.tenants()) {
            return profile;
        }
        double place = randomOf("tenant of", profile).nextDouble();
        return (int) (data.tenants() * place * place);
    }

    /** Each profile has a claim before any has a second. */
    private int profileOf(int claim) {
        return claim < data.profiles() ? claim : choice("profile of", claim, data.profiles());
    }

    private int choice(String what, int index, int bound) {
        return randomOf(what, index).nextInt(bound);
    }

    private static String one(List<String> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private SplittableRandom randomOf(String what, int index) {
        return new SplittableRandom((31 * data.seed() + what.hashCode()) * 0x9E3779B97F4A7C15L + index);
    }
}
