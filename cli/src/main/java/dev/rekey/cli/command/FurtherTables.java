package dev.rekey.cli.command;

import dev.rekey.aws.CreateTableJson;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** Reads the files that a plan names under {@code createTables}. */
final class FurtherTables {
    private FurtherTables() {}

    /** @throws CommandFailure if one cannot be read */
    static List<CreateTableRequest> read(PlanFile plan) {
        return plan.reading().plan().declared().createTables().stream()
                .distinct()
                .map(name -> read(plan, name))
                .toList();
    }

    private static CreateTableRequest read(PlanFile plan, String name) {
        var file = plan.path().resolveSibling(name);
        try {
            return CreateTableJson.read(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw failure(plan.path(), file, "it does not exist", e);
        } catch (CharacterCodingException e) {
            throw failure(plan.path(), file, "it is not UTF-8 text", e);
        } catch (IOException e) {
            throw failure(plan.path(), file, "it cannot be read (" + e + ")", e);
        } catch (IllegalArgumentException e) {
            throw failure(plan.path(), file, e.getMessage(), e);
        }
    }

    private static CommandFailure failure(Path plan, Path file, String fact, Exception cause) {
        return new CommandFailure(
                ExitCode.USAGE,
                "PlanNotReadable",
                "Cannot compare the tables of %s: its createTables names %s, and %s. Nothing was created. Correct the file; it holds the input of one CreateTable request."
                        .formatted(plan.getFileName(), file, fact),
                cause);
    }
}
