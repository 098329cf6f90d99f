package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Fingerprint;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One meaning has one fingerprint, however it is written; another meaning has another. */
class PlanFingerprintPropertyTest {
    private static final String FULL = """
        plan: p
        source: { tables: "{table}-dev", region: eu-west-1, roleArn: "arn:aws:iam::111122223333:role/a", externalId: ab }
        target: { tables: "{table}-prod", region: eu-west-2, roleArn: "arn:aws:iam::111122223333:role/b", externalId: cd }
        identity: { rule: derive, namespace: n, digits: 9 }
        onConflict: skip
        onOrphan: keep
        onExisting: keep
        closureLimit: 7
        parameters: { convert: false, rate: 5 }
        families:
          T: { rule: lookup, type: S, mapping: { table: maps, from: a, to: b, where: { active: true } }, exists: F }
          I: { rule: lookup, mapping: { ids: { a: b, c: d } }, onMissing: keep }
        tables:
          A:
            key: { id: self, sk: F }
            references: { x: F, "y.z[]": { family: A, onOrphan: fail } }
            where: { tenant: acme, size: 1.5, tags: [a, b] }
            set: { s: text, n: 5, t: true, z: null, m: { a: 1, b: [2] }, e: "{% $record.q %}" }
            rename: { old: new, left: right }
            drop: [g, h]
            checks: { required: [s, n], unique: [s, [n, s]], agree: { s: x.s }, severity: warning }
          B: { where: "{% $record.a = 1 %}", identity: { family: F }, source: B-old, target: B-new }
          F: { references: { lost: { family: A, onOrphan: { create: { a: 1, b: "{% $parameters.rate %}" } } }, none: { family: A, onAbsent: { create: { a: 1 }, per: q } } } }
          P: { mode: inPlace, identity: { rule: keep }, references: { t: { family: T, as: o }, u: I }, checks: { after: { required: [o] } } }
        """;

    /** Each takes the plan as nested maps and changes what it means. */
    private static final List<Consumer<Edit>> CHANGES = List.of(
            plan -> plan.put("plan", "q"),
            plan -> plan.put("source.tables", "{table}-test"),
            plan -> plan.put("source.region", "eu-west-3"),
            plan -> plan.put("source.roleArn", "arn:aws:iam::111122223333:role/c"),
            plan -> plan.put("source.externalId", "xy"),
            plan -> plan.put("source.consistentRead", false),
            plan -> plan.put("source.writeRegion", "eu-west-3"),
            plan -> plan.put("target.tables", "{table}-live"),
            plan -> plan.put("target.region", "eu-west-3"),
            plan -> plan.put("target.roleArn", "arn:aws:iam::111122223333:role/c"),
            plan -> plan.put("target.externalId", "xy"),
            plan -> plan.put("target.inUse", true),
            plan -> plan.put("identity.namespace", "m"),
            plan -> plan.put("identity.digits", 10),
            plan -> plan.put("identity.rule", "keep"),
            plan -> plan.put("onConflict", "abort"),
            plan -> plan.put("onOrphan", "fail"),
            plan -> plan.put("closureLimit", 8),
            plan -> plan.put("tables.C", new LinkedHashMap<>()),
            plan -> plan.put("tables.A.key", Map.of("id", "self")),
            plan -> plan.put("tables.A.key.sk", "keep"),
            plan -> plan.put("tables.A.references.x", "A"),
            plan -> plan.put("tables.A.references.w", "A"),
            plan -> plan.put("tables.A.where.tenant", "other"),
            plan -> plan.put("tables.A.where.size", "1.5"),
            plan -> plan.put("tables.A.where.tags", List.of("b", "a")),
            plan -> plan.put("tables.A.set.s", "Text"),
            plan -> plan.put("tables.A.set.n", 6),
            plan -> plan.put("tables.A.set.t", "true"),
            plan -> plan.put("tables.A.set.m.a", "1"),
            plan -> plan.put("tables.A.set.e", "{% $record.r %}"),
            plan -> plan.put("tables.A.rename.old", "newer"),
            plan -> plan.put("tables.A.drop", List.of("g")),
            plan -> plan.put("tables.A.onConflict", "overwrite"),
            plan -> plan.put("tables.A.checks.required", List.of("s")),
            plan -> plan.put("tables.A.checks.unique", List.of("s", "n")),
            plan -> plan.put("tables.A.checks.agree", Map.of("s", "x.n")),
            plan -> plan.put("tables.A.checks.severity", "blocker"),
            plan -> plan.put("tables.F.checks", Map.of("required", List.of("s"))),
            plan -> plan.put("tables.A.identity", Map.of("namespace", "other")),
            plan -> plan.put("tables.F.references.lost.onOrphan.create.a", 2),
            plan -> plan.put("tables.F.references.lost.onOrphan.create.b", "{% $parameters.rate + 1 %}"),
            plan -> plan.put("tables.F.references.lost.onOrphan.create", new LinkedHashMap<>()),
            plan -> plan.put("tables.F.references.lost.onOrphan", "keep"),
            plan -> plan.put("tables.F.references.none.onAbsent.create.b", 1),
            plan -> plan.put("tables.F.references.none.onAbsent.per", "r"),
            plan -> plan.put(
                    "tables.F.references.none.onAbsent",
                    new LinkedHashMap<>(Map.of("create", new LinkedHashMap<>(Map.of("a", 1))))),
            plan -> plan.put("tables.F.references.none", "A"),
            plan -> plan.put("tables.B.where", "{% $record.a = 2 %}"),
            plan -> plan.put("tables.B.source", "B-older"),
            plan -> plan.put("tables.B.target", "B-newer"),
            plan -> plan.put("parameters.convert", true),
            plan -> plan.put("parameters.rate", 6),
            plan -> plan.put("families.T.type", "N"),
            plan -> plan.put("families.T.newType", "B"),
            plan -> plan.put("families.T.mapping.table", "other"),
            plan -> plan.put("families.T.mapping.from", "aa"),
            plan -> plan.put("families.T.mapping.to", "bb"),
            plan -> plan.put("families.T.mapping.where", Map.of()),
            plan -> plan.put("families.T.mapping.manyToOne", true),
            plan -> plan.put(
                    "families.T.mapping", new LinkedHashMap<>(Map.of("file", "m.csv", "from", "a", "to", "b"))),
            plan -> plan.put("families.T.exists", "A"),
            plan -> plan.put("families.T.onMissing", "removeReference"),
            plan -> plan.put("families.I.mapping.ids.a", "bb"),
            plan -> plan.put("families.I.onMissing", "fail"),
            plan -> plan.put("onExisting", "overwrite"),
            plan -> plan.put("tables.P.mode", "copy"),
            plan -> plan.put("tables.P.onExisting", "fail"),
            plan -> plan.put("tables.P.references.t.as", "oo"),
            plan -> plan.put("tables.P.references.t.onExisting", "fail"),
            plan -> plan.put("tables.P.references.t", "T"),
            plan -> plan.put("tables.P.checks.after.required", List.of("t")));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void writtenAnotherWayItIsTheSamePlan(long seed) {
        var expected = valid(FULL);
        var random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            var text = new PlanWriter(random).write(PlanWriter.parse(FULL));
            var reading = valid(text);
            assertThat(reading.canonical()).as("seed %d, plan%n%s", seed, text).isEqualTo(expected.canonical());
            assertThat(reading.plan().fingerprint()).isEqualTo(expected.plan().fingerprint());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyChangeOfMeaningChangesTheFingerprint(long seed) {
        var seen = new HashSet<Fingerprint>();
        seen.add(valid(FULL).plan().fingerprint());
        for (int i = 0; i < CHANGES.size(); i++) {
            var plan = PlanWriter.parse(FULL);
            CHANGES.get(i).accept(new Edit(plan));
            var text = new PlanWriter(new Random(seed)).write(plan);
            assertThat(seen.add(valid(text).plan().fingerprint()))
                    .as("seed %d, change %d, plan%n%s", seed, i, text)
                    .isTrue();
        }
    }

    private static PlanReading.Valid valid(String text) {
        var reading = PlanReader.read(text);
        assertThat(reading).as(text).isInstanceOf(PlanReading.Valid.class);
        return (PlanReading.Valid) reading;
    }

    /** Puts values at places such as {@code tables.A.onConflict}. */
    private record Edit(Map<String, Object> plan) {
        void put(String place, Object value) {
            var steps = List.of(place.split("\\."));
            var map = plan;
            for (var step : steps.subList(0, steps.size() - 1)) {
                map = PlanWriter.map(map.get(step));
            }
            map.put(steps.getLast(), value);
        }
    }
}
