package dev.rekey.engine.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an attribute's name says about the table that its values are ids of. */
final class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "contactId, Contacts, EQUAL, true",
        "agentContactId, Contacts, ENDS_WITH, true",
        "depotNo, Depots, EQUAL, false",
        "toDepotNr, Depots, ENDS_WITH, false",
        "countryCode, Countries, EQUAL, false",
        "number, Numbers, EQUAL, false",
        "legacyContactId, Contacts, NONE, true",
        "price, Contacts, NONE, false"
    })
    void aNameSpeaksForATable(String name, String table, NameLikeness likeness, boolean saysId) {
        var words = Words.of(List.of(name));

        assertThat(words.likeness(table)).isEqualTo(likeness);
        assertThat(words.saysId()).isEqualTo(saysId);
    }
}
