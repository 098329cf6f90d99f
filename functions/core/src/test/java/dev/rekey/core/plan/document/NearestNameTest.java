package dev.rekey.core.plan.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("references", "rename", "region", "roleArn", "set", "self");

    @ParameterizedTest
    @CsvSource({"refrences, references", "regoin, region", "REGION, region", "role, roleArn", "ste, set", "slef, self"})
    void findsWhatWasMeant(String written, String meant) {
        assertThat(NearestName.of(written, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"xyz", "consistentRead", "''"})
    void doesNotGuessWildly(String written) {
        assertThat(NearestName.of(written, KNOWN)).isEmpty();
    }
}
