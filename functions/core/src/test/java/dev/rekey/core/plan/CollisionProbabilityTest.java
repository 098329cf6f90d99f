package dev.rekey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CollisionProbabilityTest {
    @Test
    void oneRecordCollidesWithNone() {
        assertThat(CollisionProbability.atMost(0, 1)).isZero();
        assertThat(CollisionProbability.atMost(1, 1)).isZero();
    }

    @Test
    void isTheBirthdayBound() {
        assertThat(CollisionProbability.atMost(2, 1)).isEqualTo(1.0 / 9, within(1e-15));
        assertThat(CollisionProbability.atMost(77_000, 10)).isEqualTo(0.2964, within(0.0001));
        assertThat(CollisionProbability.atMost(1_000_000, 15)).isEqualTo(0.0005, within(1e-6));
    }

    @Test
    void isNeverLessThanTheTruth() {
        for (int records = 2; records <= 9; records++) {
            double allDifferent = 1;
            for (int i = 0; i < records; i++) {
                allDifferent *= (9.0 - i) / 9;
            }
            assertThat(CollisionProbability.atMost(records, 1)).isGreaterThanOrEqualTo(1 - allDifferent - 1e-12);
        }
    }

    @Test
    void isAtMostOne() {
        assertThat(CollisionProbability.atMost(Long.MAX_VALUE, 1)).isEqualTo(1);
        assertThat(CollisionProbability.atMost(Long.MAX_VALUE, 38)).isBetween(0.4, 0.5);
    }

    @Test
    void refusesWhatIsNoNumberOfRecordsOrDigits() {
        assertThatThrownBy(() -> CollisionProbability.atMost(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CollisionProbability.atMost(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CollisionProbability.atMost(1, 39)).isInstanceOf(IllegalArgumentException.class);
    }
}
