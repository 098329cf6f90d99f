package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.text.DifferenceText;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DifferenceTextTest {
    private static List<String> lines(String differences) {
        var json =
                "{\"verification\":{\"matched\":9,\"altered\":2999,\"late\":1},\"differences\":[" + differences + "]}";
        var report = Documents.decode(
                new ObjectKey("report"), json.getBytes(StandardCharsets.UTF_8), RunReport.Verified.class);
        return DifferenceText.lines(report).stream()
                .map(line -> line.replaceAll(" {2,}", " | "))
                .toList();
    }

    @Test
    void nothingIsSaidWhereNothingDiffers() {
        assertThat(lines("")).isEmpty();
    }

    @Test
    void eachDifferenceNamesTableRecordAndPlace() {
        assertThat(lines("""
            {"verdict":"altered","table":"Contacts","record":"{c1}","attributes":["name","a"],"changes":[
              {"path":"name","before":"S","after":"S"},
              {"path":"a.b","before":"N","after":"absent","beforeValue":"{N:1}"}]},
            {"verdict":"missing","table":"Contacts","record":"{c2}"},
            {"verdict":"dangling","table":"Orders","record":"{o1}","attributes":["friend"]}
            """))
                .containsExactly(
                        "verdict | table | record | what differs",
                        "altered | Contacts | {c1} | name (S, another value); a.b: should be {N:1}, is absent",
                        "missing | Contacts | {c2}",
                        "dangling | Orders | {o1} | friend",
                        "");
    }

    @Test
    void anIdCannotTurnTheLineAround() {
        assertThat(lines("{\"verdict\":\"missing\",\"table\":\"T\",\"record\":\"{a\u202eb\u009b}\"}"))
                .contains("missing | T | {a‹U+202E›b‹U+009B›}");
    }

    @Test
    void whatIsMoreThanAScreenIsCounted() {
        var changes = IntStream.range(0, 4)
                .mapToObj("{\"path\":\"p%d\",\"before\":\"S\",\"after\":\"S\"}"::formatted)
                .collect(Collectors.joining(","));
        var altered =
                "{\"verdict\":\"altered\",\"table\":\"T\",\"record\":\"r\",\"places\":7,\"changes\":[" + changes + "]}";
        var lines = lines(String.join(",", java.util.Collections.nCopies(12, altered)));
        assertThat(lines).hasSize(13);
        assertThat(lines.get(1)).endsWith("p2 (S, another value); 4 more places");
        assertThat(lines.get(11)).startsWith("These are the first 10 of 3,000 differences. The report lists 12 ");
    }
}
