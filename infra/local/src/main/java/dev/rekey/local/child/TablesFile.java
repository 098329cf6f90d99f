package dev.rekey.local.child;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/**
 * The one file that DynamoDB Local keeps its tables in, an SQLite database with a rollback journal. After a kill in a
 * transaction the journal is there, and who opens the database next takes that transaction back.
 */
final class TablesFile {
    private static final String JOURNAL = "shared-local-instance.db-journal";

    private TablesFile() {}

    /** Whether the process that wrote to the tables in {@code folder} ended in a transaction. */
    static boolean wasCutOff(Path folder) throws IOException {
        Path journal = folder.resolve(JOURNAL);
        return Files.exists(journal) && Files.size(journal) > 0;
    }

    /**
     * Leaves the moment of writing to the disk to the operating system. What was written survives the death of this
     * process, only not that of the machine, and writing is several times as fast: DynamoDB Local makes a transaction
     * of every single record, each of which would wait for the disk more than once.
     *
     * @throws IOException if the file cannot be read
     */
    static void relax(SQLiteQueue database) throws IOException, InterruptedException {
        var _ = asked(database, "PRAGMA synchronous=OFF");
    }

    /** @throws IOException if the file is damaged or cannot be read */
    static void check(SQLiteQueue database) throws IOException, InterruptedException {
        String answer = asked(database, "PRAGMA quick_check(1)");
        if (!answer.equals("ok")) {
            throw new IOException("The tables' file is damaged: " + answer
                    + ". Nothing was changed. Restore a copy of the data directory, or remove it and start again.");
        }
    }

    private static String asked(SQLiteQueue database, String pragma) throws IOException, InterruptedException {
        try {
            // Not complete(), which keeps a failure to itself.
            return database.execute(new Question(pragma)).get();
        } catch (ExecutionException failed) {
            throw new IOException(
                    "Cannot read the tables' file: " + failed.getCause().getMessage()
                            + ". Nothing was changed. If the file is damaged, restore a copy of the data directory, or remove it and start again.",
                    failed.getCause());
        }
    }

    private static final class Question extends SQLiteJob<String> {
        private final String pragma;

        Question(String pragma) {
            this.pragma = pragma;
        }

        @Override
        protected String job(SQLiteConnection connection) throws SQLiteException {
            var statement = connection.prepare(pragma);
            try {
                return statement.step() ? statement.columnString(0) : "";
            } finally {
                statement.dispose();
            }
        }
    }
}
