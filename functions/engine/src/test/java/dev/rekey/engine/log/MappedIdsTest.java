package dev.rekey.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.store.Documents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedIdsTest {
    private static MappedIds old(String id) {
        return new MappedIds("Orders", id, "", "new", "", "created");
    }

    @Test
    void aLineHasTheColumnsOfTheHeading() {
        assertThat(MappedIds.heading())
                .isEqualTo("table,old partition key,old sort key,new partition key,new sort key,outcome\r\n");
        assertThat(new MappedIds("Orders", "a,\"b\"", "7", "c", "7", "created").line())
                .isEqualTo("\"Orders\",\"a,\"\"b\"\"\",\"7\",\"c\",\"7\",created\r\n");
        assertThat(old("a").line()).isEqualTo("\"Orders\",\"a\",,\"new\",,created\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+a",
                "-x",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "=cmd|' /C calc'!A0",
                "-",
                "-1-1",
                "＝1",
                "+1,2"
            })
    void aSpreadsheetTakesNoIdForAFormula(String id) {
        assertThat(old(id).line()).startsWith("\"Orders\",\"'" + id + "\",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "+5", "-5.25", "-1e9", "1E-7", "a=1", "o-1", "'quoted"})
    void numbersAndOtherIdsStayAsTheyAre(String id) {
        assertThat(old(id).line()).startsWith("\"Orders\",\"" + id + "\",");
    }

    @Test
    void jsonHasEveryIdExactly() {
        assertThat(Documents.tree(old("=1+1\u202e")).toString())
                .isEqualTo("{\"table\":\"Orders\",\"oldPartitionKey\":\"=1+1\u202e\",\"oldSortKey\":\"\","
                        + "\"newPartitionKey\":\"new\",\"newSortKey\":\"\",\"outcome\":\"created\"}");
    }
}
