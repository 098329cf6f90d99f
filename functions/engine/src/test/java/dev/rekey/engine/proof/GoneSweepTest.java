package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Counted;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run that deletes what is gone. */
final class GoneSweepTest extends GoneSweepContract {
    @Test
    void whatIsGoneIsDeletedAndTheRestStays() {
        var report = firstMigrated().execution().report().orElseThrow();
        assertThat(counted(report, "Clubs~gone"))
                .containsEntry(Counted.DELETED, 2L)
                .containsEntry(Counted.REFERRED, 1L)
                .containsEntry(Counted.UNCHANGED, 1L);
        assertThat(counted(report, "Notes~gone"))
                .containsEntry(Counted.DELETED, 2L)
                .containsEntry(Counted.UNCHANGED, 1L);
    }

    private static Map<Counted, Long> counted(RunReport report, String part) {
        return report.work().tables().get(new TableName(part)).counts();
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }

    @Test
    void everyRequestOfARollbackIsLeftWithoutAnAnswer() {
        leaveARollbackWithoutAnswers();
    }

    @Test
    void everyRequestOfAnExclusiveRollback() {
        sweepAnExclusiveRollback();
    }
}
