package dev.rekey.engine.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExcerptTest {
    @Test
    void shortTextsStayWhole() {
        assertThat(Excerpt.of("c-1", "c-2", 3)).isEqualTo(new Excerpt("c-1", "c-2"));
        assertThat(Excerpt.of("c-1", 3)).isEqualTo("c-1");
        assertThat(Excerpt.of("c-12", 3)).isEqualTo("c-…");
    }

    @Test
    void whatDiffersInLongTextsIsShown() {
        var same = "x".repeat(500);
        var excerpt = Excerpt.of(same + "old" + same, same + "new" + same, 40);
        assertThat(excerpt.before())
                .hasSize(40)
                .startsWith("…xx")
                .contains("old")
                .endsWith("x…");
        assertThat(excerpt.after())
                .hasSize(40)
                .startsWith("…xx")
                .contains("new")
                .endsWith("x…");
    }

    @Test
    void aTextThatOnlyGrowsShowsItsEnd() {
        var same = "x".repeat(500);
        assertThat(Excerpt.of(same, same + "!", 40))
                .isEqualTo(new Excerpt("…" + "x".repeat(20), "…" + "x".repeat(20) + "!"));
    }

    /** Half of a character cannot be written as UTF-8. */
    @Test
    void noCharacterIsCutInTwo() {
        var smile = "\uD83D\uDE00";
        for (int most = 3; most < 12; most++) {
            for (int lead = 0; lead < 3; lead++) {
                var text = "x".repeat(lead) + smile.repeat(30);
                var excerpt = Excerpt.of(text, text.substring(0, text.length() - 2) + "!", most);
                for (var cut : new String[] {excerpt.before(), excerpt.after(), Excerpt.of(text, most)}) {
                    assertThat(cut.codePoints().filter(one -> Character.getType(one) == Character.SURROGATE))
                            .isEmpty();
                    assertThat(cut.length()).isLessThanOrEqualTo(most);
                }
            }
        }
    }
}
