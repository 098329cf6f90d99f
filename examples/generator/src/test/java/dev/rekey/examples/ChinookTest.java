package dev.rekey.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.examples.chinook.Chinook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ChinookTest {
    @TempDir
    private Path folder;

    @Test
    void thePlanHasTheTablesOfTheData() {
        assertThat(ExamplePlan.of("chinook").references().keySet())
                .containsExactlyElementsOf(
                        Chinook.tables().stream().map(ExampleTable::name).toList());
    }

    @Test
    void rowsKeepNumbersNullsAndEmptyText() throws IOException {
        var file = folder.resolve("chinook.json");
        var empty = "\"Artist\":[],\"Album\":[],\"Genre\":[],\"MediaType\":[],\"Employee\":[],\"Customer\":[],"
                + "\"Invoice\":[],\"InvoiceLine\":[],\"Playlist\":[],\"PlaylistTrack\":[]";
        Files.writeString(
                file,
                "{\"Track\":[{\"TrackId\":1,\"UnitPrice\":0.10,\"Bytes\":12345678901234567890.123456789,"
                        + "\"Composer\":null,\"Name\":\"\"}]," + empty + "}");
        assertThat(Chinook.records(file))
                .containsExactly(new ExampleRecord(
                        "Track",
                        Map.of(
                                "TrackId", AttributeValue.fromN("1"),
                                "UnitPrice", AttributeValue.fromN("0.10"),
                                "Bytes", AttributeValue.fromN("12345678901234567890.123456789"),
                                "Composer", AttributeValue.fromNul(true),
                                "Name", AttributeValue.fromS(""))));
    }

    @Test
    void aFileWithoutATableIsRefused() throws IOException {
        var file = folder.resolve("other.json");
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> Chinook.records(file).toList()).hasMessage("the file has no array named Genre");
    }
}
