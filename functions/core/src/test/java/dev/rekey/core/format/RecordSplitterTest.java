package dev.rekey.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.format.RawRecord.Flaw;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordSplitterTest {
    private static final Framing CSV = Framing.csv(',');

    /** Offset, end, line and text. */
    private record Cut(long offset, long end, long line, String text) {}

    @Test
    void aLineIsARecordWhateverItsEnd() {
        assertThat(cut(Framing.LINES, "{}\r\n\n  \n{1}"))
                .containsExactly(new Cut(0, 4, 1, "{}\r"), new Cut(8, 11, 4, "{1}"));
    }

    @Test
    void aLineEndWithinQuotesEndsNoRecordOfCsv() {
        assertThat(cut(CSV, "a,\"1\n2\"\"\r\n\",b\r\nc\rd,\"\n\"\n\ne"))
                .containsExactly(
                        new Cut(0, 15, 1, "a,\"1\n2\"\"\r\n\",b"),
                        new Cut(15, 17, 4, "c"),
                        new Cut(17, 23, 5, "d,\"\n\""),
                        new Cut(24, 25, 8, "e"));
    }

    @Test
    void aQuoteWithinACellOpensNothing() {
        assertThat(cut(CSV, "5\" disk,x\nb")).extracting(Cut::text).containsExactly("5\" disk,x", "b");
        assertThat(cut(CSV, "\"a\"\"b\" \"\nb")).extracting(Cut::text).containsExactly("\"a\"\"b\" \"", "b");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstRecord() {
        assertThat(cut(CSV, "\uFEFF\"a\nb\"\nc")).containsExactly(new Cut(3, 9, 1, "\"a\nb\""), new Cut(9, 10, 3, "c"));
        assertThat(cut(CSV, "\uFEFC,\"a\nb\"\nc")).extracting(Cut::text).containsExactly("\uFEFC,\"a\nb\"", "c");
        assertThat(cut(Framing.LINES, "\uFEFF")).isEmpty();
    }

    @Test
    void whatFollowsTheLastLineEndIsARecord() {
        assertThat(cut(CSV, "")).isEmpty();
        assertThat(cut(CSV, "a\n")).extracting(Cut::text).containsExactly("a");
        assertThat(flaw("a,\"b\nc")).isEqualTo(Flaw.OPEN_QUOTE);
        assertThat(flaw("a,\"b\nc\"")).isEqualTo(Flaw.NONE);
    }

    @Test
    void aRecordThatIsTooLongIsPassedOver() {
        var file = ("a\n" + "x".repeat(RecordSplitter.LONGEST + 1) + "\nb").getBytes(StandardCharsets.UTF_8);
        for (int piece : List.of(file.length, 1 << 16)) {
            var found = split(CSV, file, piece, 0, 1);
            assertThat(found).extracting(RawRecord::flaw).containsExactly(Flaw.NONE, Flaw.TOO_LONG, Flaw.NONE);
            assertThat(found.get(1).bytes()).isEmpty();
            assertThat(found.get(2).line()).isEqualTo(3);
        }
        var longest = ("x".repeat(RecordSplitter.LONGEST) + "\nb").getBytes(StandardCharsets.UTF_8);
        assertThat(split(CSV, longest, 1 << 16, 0, 1))
                .extracting(RawRecord::flaw)
                .containsOnly(Flaw.NONE);
    }

    /** Every piece length and every cut, and reading on from every record as a resumed run does. */
    @Test
    void tenThousandFilesHaveTheSameRecordsWhereverTheyAreCut() {
        var random = new Random(20261124);
        for (int i = 0; i < 10_000; i++) {
            var framing = i % 3 == 0 ? Framing.LINES : CSV;
            var file = file(random);
            var whole = cuts(split(framing, file, Math.max(1, file.length), 0, 1));
            assertThat(cuts(split(framing, file, 1, 0, 1))).isEqualTo(whole);
            for (int at = 1; at < file.length; at++) {
                assertThat(cuts(inTwo(framing, file, at))).isEqualTo(whole);
            }
            for (int k = 0; k < whole.size(); k++) {
                var from = whole.get(k);
                assertThat(cuts(split(framing, tail(file, from.offset()), 7, from.offset(), from.line())))
                        .isEqualTo(whole.subList(k, whole.size()));
            }
        }
    }

    private static byte[] file(Random random) {
        var parts = List.of("a", "é", "\"", "\"\"", ",", "\n", "\r\n", "\r", " ", "\"x\ny\"", "𝄞");
        var text = new StringBuilder(random.nextInt(8) == 0 ? "\uFEFF" : "");
        for (int i = random.nextInt(24); i > 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] tail(byte[] file, long from) {
        return Arrays.copyOfRange(file, (int) from, file.length);
    }

    private static List<RawRecord> inTwo(Framing framing, byte[] file, int at) {
        var splitter = new RecordSplitter(framing, 0, 1);
        var records = new ArrayList<>(splitter.add(file, 0, at));
        records.addAll(splitter.add(file, at, file.length));
        splitter.end().ifPresent(records::add);
        return records;
    }

    private static List<RawRecord> split(Framing framing, byte[] file, int piece, long offset, long line) {
        var splitter = new RecordSplitter(framing, offset, line);
        var records = new ArrayList<RawRecord>();
        IntStream.iterate(0, from -> from < file.length, from -> from + piece)
                .forEach(from -> records.addAll(splitter.add(file, from, Math.min(from + piece, file.length))));
        splitter.end().ifPresent(records::add);
        return records;
    }

    private static List<Cut> cut(Framing framing, String text) {
        var file = text.getBytes(StandardCharsets.UTF_8);
        return cuts(split(framing, file, Math.max(1, file.length), 0, 1));
    }

    private static Flaw flaw(String text) {
        return split(CSV, text.getBytes(StandardCharsets.UTF_8), 2, 0, 1)
                .getLast()
                .flaw();
    }

    private static List<Cut> cuts(List<RawRecord> records) {
        return records.stream()
                .map(one ->
                        new Cut(one.offset(), one.end(), one.line(), new String(one.bytes(), StandardCharsets.UTF_8)))
                .toList();
    }
}
