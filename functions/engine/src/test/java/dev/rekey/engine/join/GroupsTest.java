package dev.rekey.engine.join;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GroupsTest {
    private static final int MANY = 100_000;

    private final Groups groups = new Groups();

    @Test
    void holdsEveryGroupOnceHoweverManyThereAre() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < MANY; i++) {
                groups.add("group " + i);
            }
        }
        assertThat(groups.size()).isEqualTo(MANY);
        for (int i = 0; i < MANY; i++) {
            assertThat(groups.contains("group " + i)).isTrue();
            assertThat(groups.contains("another " + i)).isFalse();
        }
    }

    @Test
    void aGroupKeepsItsFirstNumber() {
        groups.add("a");
        for (int i = 1; i < MANY; i++) {
            assertThat(groups.numbered("a", i)).isEqualTo(1);
            assertThat(groups.numbered("b" + i, i)).isEqualTo(i);
        }
        assertThat(groups.size()).isEqualTo(MANY);
    }

    @Test
    void textsHaveNumbersOfTheirOwn() {
        // Two strings of the same hash code.
        assertThat(groups.number("Aa")).isNotEqualTo(groups.number("BB")).isNotZero();
    }
}
