package dev.rekey.local.child;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.almworks.sqlite4java.SQLite;
import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesFileTest {
    private static final int PAGE = 1024;
    /** Of the header and the schema's page: what follows the header's 100 bytes. */
    private static final int SCHEMA = 100;

    private static final String ADVICE = "a copy of the data directory, or remove it and start again.";

    @TempDir
    Path folder;

    private Path file;

    @BeforeAll
    static void sqlite() {
        SQLite.setLibraryPath(Path.of(System.getProperty("rekey.stores"), "dynamodb-local", "lib")
                .toString());
    }

    @BeforeEach
    void tables() throws SQLiteException {
        file = folder.resolve("tables.db");
        var connection = new SQLiteConnection(file.toFile());
        try {
            connection.open();
            connection.exec("PRAGMA page_size=" + PAGE);
            connection.exec("CREATE TABLE records (content)");
            connection.exec("INSERT INTO records VALUES (randomblob(300))");
            for (int doubled = 0; doubled < 6; doubled++) {
                connection.exec("INSERT INTO records SELECT randomblob(300) FROM records");
            }
        } finally {
            connection.dispose();
        }
    }

    @Test
    void aWholeFileIsFoundWhole() {
        assertThatCode(() -> with(TablesFile::relax)).doesNotThrowAnyException();
        assertThatCode(() -> with(TablesFile::check)).doesNotThrowAnyException();
    }

    @Test
    void aDamagedPageOfRecordsIsReported() throws IOException {
        damage(3 * PAGE);
        assertDamaged(() -> with(TablesFile::check), "The tables' file is damaged: ", "Page 4");
    }

    @Test
    void aDamagedHeaderEndsWithWhatSqliteSays() throws IOException {
        damage(0);
        assertUnreadable(() -> with(TablesFile::check), "is not a database");
        assertUnreadable(() -> with(TablesFile::relax), "is not a database");
    }

    @Test
    void aDamagedSchemaEndsWithWhatSqliteSays() throws IOException {
        damage(SCHEMA);
        assertUnreadable(() -> with(TablesFile::check), "malformed");
    }

    private static void assertUnreadable(ThrowingCallable opened, String reason) {
        assertDamaged(opened, "Cannot read the tables' file: ", reason);
    }

    private static void assertDamaged(ThrowingCallable opened, String beginning, String reason) {
        assertThatThrownBy(opened)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(beginning)
                .hasMessageContaining(reason)
                .hasMessageEndingWith(ADVICE);
    }

    private void damage(int offset) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("damaged ".repeat(20).getBytes(StandardCharsets.US_ASCII)), offset);
        }
    }

    private void with(Work work) throws Exception {
        var database = new SQLiteQueue(file.toFile()).start();
        try {
            work.on(database);
        } finally {
            database.stop(true).join();
        }
    }

    private interface Work {
        void on(SQLiteQueue database) throws Exception;
    }
}
