package dev.rekey.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.run.Manifest.Probe;
import dev.rekey.engine.run.Manifest.Segments;
import dev.rekey.engine.run.Manifest.TableOfRun;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many records a page of a table is asked for, from what the preparation estimated. */
final class PageRecordsTest {
    @ParameterizedTest
    @CsvSource({
        // 1 MB of 400 bytes, and half of that again
        "1000000, 400000000, 3932",
        // large ones: no fewer, in case most are small
        "1000, 100000000, 1500",
        // nothing is known of a table that is empty
        "0, 0, 0",
        // nor is any table too large
        "10000000000000, 1000000000000000, 15728",
        // of one byte, which no record has
        "5000, 5000, 1048576",
    })
    void isHalfAgainAsManyAsOneMegabyteHas(long records, long bytes, int most) {
        var shape = new TableShape(
                new PhysicalTable("t"), "", "us-east-1", new KeyAttribute("id", KeyType.S), Optional.empty(), Map.of());
        var one = new Segments(1);
        assertThat(new TableOfRun(1, shape, shape, one, one, new Probe(true, records, bytes)).pageRecords())
                .isEqualTo(most);
    }
}
