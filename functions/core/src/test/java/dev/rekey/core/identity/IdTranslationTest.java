package dev.rekey.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.identity.IdTranslation.Answer;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.IdentityRule.Lookup;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.OnMissing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class IdTranslationTest {
    private static final FamilyName NAME = new FamilyName("Tenants");

    @Test
    void aDerivedIdGoesOneWayOnly() {
        var derive = new IdentityRule.Derive("production", OptionalInt.empty());
        var ids = IdTranslation.of(new Family(new FamilyName("Contacts"), derive, KeyType.S));
        assertThat(ids.newId("contact-1")).isEqualTo(one("7d23e6a2-e538-81ef-ab9d-901cb0e1e280"));
        assertThat(ids.newId("")).isEqualTo(new Answer.None("is empty"));
        assertThat(IdTranslation.reverses(derive)).isFalse();
        assertThatThrownBy(() -> ids.oldIds("7d23e6a2-e538-81ef-ab9d-901cb0e1e280"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aKeptIdIsTheSameBothWays() {
        var ids = IdTranslation.of(new Family(NAME, new IdentityRule.Keep(), KeyType.N));
        assertThat(ids.newId("1E2")).isEqualTo(one("100"));
        assertThat(ids.oldIds("1E2")).isEqualTo(one("100"));
        assertThat(ids.newId("x")).isInstanceOf(Answer.None.class);
        assertThat(ids.oldIds("x")).isInstanceOf(Answer.None.class);
    }

    @Test
    void aMappingIsReadBothWays() {
        var ids = lookup(new Lookup.Types(KeyType.N, KeyType.S), "1", "org-1", "2", "org-2", "3", "org-1");
        assertThat(ids.newId("1.0")).isEqualTo(one("org-1"));
        assertThat(ids.newId("4")).isEqualTo(new Answer.None("is not in the mapping"));
        assertThat(ids.oldIds(List.of("org-2", "org-1", "org-3", "")))
                .containsExactly(
                        Map.entry("org-2", one("2")),
                        Map.entry("org-1", new Answer.Ids(List.of("1", "3"))),
                        Map.entry("org-3", new Answer.None("is not a new id of the mapping")),
                        Map.entry("", new Answer.None("is empty")));
    }

    @Test
    void aBinaryIdIsWrittenInBase64() {
        var ids = lookup(new Lookup.Types(KeyType.B, KeyType.B), "AQID", "BAUG");
        assertThat(ids.newId("AQID")).isEqualTo(one("BAUG"));
        assertThat(ids.oldIds("BAUG")).isEqualTo(one("AQID"));
        assertThat(ids.newId("no Base64!"))
                .isEqualTo(new Answer.None("is not Base64, and the family's ids are binaries"));
    }

    private static Answer one(String id) {
        return new Answer.Ids(List.of(id));
    }

    private static IdTranslation lookup(Lookup.Types types, String... pairs) {
        var rule = new Lookup(types, new MappingSource.OfIds(Map.of()), true, Optional.empty(), OnMissing.FAIL);
        var builder = new MappingBuilder(rule);
        for (int i = 0; i < pairs.length; i += 2) {
            assertThat(builder.add(pairs[i], pairs[i + 1])).isEmpty();
        }
        return IdTranslation.of(new Family(NAME, rule, types.old()), builder.build());
    }
}
