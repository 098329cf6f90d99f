package dev.rekey.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.IdentityRule.Lookup;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.OnMissing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class MappingFileTest {
    private static final MappingSource.Columns COLUMNS = new MappingSource.Columns("tenant", "org");

    private KeyType oldType = KeyType.S;
    private Map<String, AttributeValue> where = Map.of();
    private final List<String> faults = new ArrayList<>();

    private List<String> read(String name, byte[] content) {
        var source = new MappingSource.OfFile(name, COLUMNS, where);
        var rule = new Lookup(new Lookup.Types(oldType, KeyType.S), source, false, Optional.empty(), OnMissing.FAIL);
        var builder = new MappingBuilder(rule);
        faults.clear();
        new MappingFile(rule, source, builder, (place, fault) -> faults.add(place + " " + fault.kind())).read(content);
        var all = new ArrayList<String>();
        builder.build().forEach((old, now) -> all.add(old.canonical() + ">" + now.canonical()));
        return all;
    }

    private List<String> read(String name, String content) {
        return read(name, content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant,org\na,x\nb,y\n",
                "tenant,org\r\na,x\r\nb,y",
                "tenant,org\ra,x\rb,y\r",
                "\uFEFForg,tenant\nx,a\n\ny,b\n",
                "\"tenant\",note,\"org\"\na,\"1, \"\"2\"\"\n3\",x\nb,,\"y\"\n",
            })
    void linesOfCsvAreEntries(String csv) {
        assertThat(read("mapping.csv", csv)).containsExactly("a>x", "b>y");
        assertThat(faults).isEmpty();
    }

    @Test
    void whatIsWrongWithALineIsNamedByItsNumber() {
        assertThat(read("m.csv", "tenant,org,n\na,x,\"\n\"\n,y,\na,z,\nb,x,\nc,,\n"))
                .containsExactly("a>x", "b>x");
        assertThat(faults).containsExactly("line 4 NO_ID", "line 5 TWO_NEW_IDS", "line 6 MANY_TO_ONE", "line 7 NO_ID");
    }

    @Test
    void conditionsCompareACellAsThePlanWritesIt() {
        where = Map.of("active", AttributeValue.fromBool(true), "n", AttributeValue.fromN("1.0"));
        assertThat(read("m.csv", "tenant,org,active,n\na,x,true,1\nb,y,false,1\nc,z,true,2\n"))
                .containsExactly("a>x");
        assertThatThrownBy(() -> read("m.csv", "tenant,org\na,x\n"))
                .isInstanceOf(MappingFileException.class)
                .hasMessageContaining("has no column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"tenant\":\"a\",\"org\":\"x\"},{\"org\":\"y\",\"tenant\":\"b\",\"more\":[1]}]",
                "{\"tenant\":\"a\",\"org\":\"x\"}\n{\"tenant\":\"b\",\"org\":\"y\"}\n",
                "\uFEFF[{\"tenant\":\"a\",\"org\":\"x\"},{\"tenant\":\"b\",\"org\":\"y\"}]",
            })
    void objectsOfJsonAreEntries(String json) {
        assertThat(read("dir/mapping.JSON", json)).containsExactly("a>x", "b>y");
        assertThat(faults).isEmpty();
    }

    @Test
    void jsonKeepsTypes() {
        assertThat(read(
                        "m.jsonl",
                        "{\"tenant\":1,\"org\":\"x\"} {\"tenant\":null,\"org\":\"x\"} {\"tenant\":[\"a\"]} {}"))
                .isEmpty();
        assertThat(faults).containsExactly("entry 1 NO_ID", "entry 2 NO_ID", "entry 3 NO_ID", "entry 4 NO_ID");
        oldType = KeyType.N;
        assertThat(read("m.json", "[{\"tenant\":1E2,\"org\":\"x\"},{\"tenant\":\"7\",\"org\":\"y\"}]"))
                .containsExactly("100>x", "7>y");
        oldType = KeyType.B;
        assertThat(read("m.json", "[{\"tenant\":\"Yg==\",\"org\":\"x\"}]")).containsExactly("Yg==>x");
        oldType = KeyType.S;
        where = Map.of("active", AttributeValue.fromBool(true));
        assertThat(
                        read(
                                "m.json",
                                "[{\"tenant\":\"a\",\"org\":\"x\",\"active\":true},"
                                        + "{\"tenant\":\"b\",\"org\":\"y\",\"active\":\"true\"},{\"tenant\":\"c\",\"org\":\"z\"}]"))
                .containsExactly("a>x");
    }

    @Test
    void aFileThatIsNoMappingIsRefused() {
        refused("m.csv", "", "it is empty");
        refused("m.csv", "tenant,organization\na,x\n", "it has no column org, only tenant, organization");
        refused("m.csv", "tenant,org,org\n", "it has two columns org");
        refused("m.csv", "tenant,org\n\"a,x\nb,y\n", "line 2 has a quote that is not closed");
        refused(
                "m.csv",
                "tenant,org\n\"a\"b,x\n",
                "line 2 has a quote that is neither around a whole cell nor doubled");
        refused("m.csv", "tenant,org\na\"b,x\n", "line 2 has a quote that is neither around a whole cell nor doubled");
        refused("m.csv", "tenant,org\na,x,1\n", "line 2 has 3 cells, and the first line names 2 columns");
        refused("m.json", "[{\"tenant\":\"a\",", "it is no JSON from line 1");
        refused("m.json", "[1]", "entry 1 is no object");
        assertThatThrownBy(() -> read("m.csv", new byte[] {'a', (byte) 0xE9, 'b'}))
                .hasMessage("line 1 is not UTF-8 from byte 2 of the record on");
    }

    private void refused(String name, String content, String fact) {
        assertThatThrownBy(() -> read(name, content))
                .isInstanceOf(MappingFileException.class)
                .hasMessageContaining(fact);
    }
}
