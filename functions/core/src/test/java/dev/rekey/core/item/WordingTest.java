package dev.rekey.core.item;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTest {
    @Test
    void whatNobodySeesIsShownByItsNumber() {
        assertThat(Wording.visible("a\u202eb\u2066c\u200bd")).isEqualTo("a‹U+202E›b‹U+2066›c‹U+200B›d");
        assertThat(Wording.visible("\u001b[2J\n\t\u009b\u2028"))
                .isEqualTo("‹U+001B›[2J‹U+000A›‹U+0009›‹U+009B›‹U+2028›");
        assertThat(Wording.visible("\ud83d \udb40\udc41")).isEqualTo("‹U+D83D› ‹U+E0041›");
    }

    @Test
    void whatEverybodySeesStays() {
        var text = "é ß 漢字 עברית 🦉 ‹U+202E› '\"<";
        assertThat(Wording.visible(text)).isSameAs(text);
    }

    @Test
    void linesStayLines() {
        assertThat(Wording.visibleLines("a\u0007\n\nb\n")).isEqualTo("a‹U+0007›\n\nb\n");
    }
}
