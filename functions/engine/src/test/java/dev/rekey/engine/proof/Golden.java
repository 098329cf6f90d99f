package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Texts that are kept in files, to be compared with. */
public final class Golden {
    /** Whether they are written again, so that the difference shows what a change does. */
    static final boolean WRITES = Boolean.getBoolean("kept.write");

    private static final Pattern REPORT = Pattern.compile("runs/[^/]+/reports/(?!analysis)[^/]+\\.json");

    private Golden() {}

    public static void isAsKept(String text, Path file) {
        try {
            if (WRITES) {
                Files.writeString(file, text);
            }
            assertThat(text)
                    .as("%s, which -Dkept.write=true writes again", file)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every report in a bucket is read without losing anything: who reads it gets what it says. */
    static void areReadAsWritten(Map<String, byte[]> objects) {
        objects.forEach((key, content) -> {
            if (REPORT.matcher(key).matches()) {
                var read = Documents.decode(new ObjectKey(key), content, RunReport.class);
                assertThat(new String(Documents.encode(read), StandardCharsets.UTF_8))
                        .isEqualTo(new String(content, StandardCharsets.UTF_8));
            }
        });
    }

    /** A page without style and script, each tag on a line of its own: it tells nothing by the white space around tags. */
    static String page(byte[] html) {
        return new String(html, StandardCharsets.UTF_8)
                .replaceAll("(?s)<(style|script)>.*?</\\1>", "<$1></$1>")
                .replaceFirst("'sha256-[^']*'", "'sha256-of-the-script'")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?(<[^>]*>) ?", "\n$1\n")
                .replaceAll("\n+", "\n");
    }
}
