package dev.rekey.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people are told of a run that nobody ends. */
final class HeldRunTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-e6a2e1d4");
    private static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Duration RETENTION = Duration.ofDays(400);
    private static final String EXECUTION =
            "arn:aws-cn:states:cn-north-1:111122223333:execution:rekey-migration:nightly";
    private static final String MACHINE = "arn:aws-cn:states:cn-north-1:111122223333:stateMachine:rekey-migration";

    @Test
    void fromHalfOfTheRetentionOnPeopleAreRemindedWithTheCommandsThatEndTheRun() {
        var run = new HeldRun(RUN, Control.start(Phase.MIGRATING, EXECUTION));
        var half = BEGAN.plus(Duration.ofDays(200));

        assertThat(run.reminder(half.minusMillis(1), RETENTION, "here")).isEmpty();
        var told = run.reminder(half, RETENTION, "here").orElseThrow();
        assertThat(told.subject())
                .isEqualTo("Rekey: run " + RUN + " has been unfinished for 200 days")
                .matches("\\p{ASCII}{1,100}");
        assertThat(told.text()).isEqualTo("""
            Run %1$s started on 2026-01-02 and is neither finished nor rolled back. Its tables stay locked.

            The bucket keeps the objects of a run for 400 days. From 2027-02-06 on it deletes the undo log, and the run can no longer \
            be rolled back. Deleted objects remain as earlier versions for 30 days.

            What to do before 2027-02-06
              To resume it:
                rekey resume --run %1$s --stack here --region cn-north-1
                aws stepfunctions start-execution --state-machine-arn %2$s --input '{"action": "resume", "run": "%1$s"}'
              Or to roll it back:
                rekey rollback --run %1$s --stack here --region cn-north-1
                aws stepfunctions start-execution --state-machine-arn %2$s --input '{"action": "rollback", "run": "%1$s", "confirm": "NAME OF THE PLAN"}'

            Run        %1$s
            Execution  %3$s
            Console    https://cn-north-1.console.amazonaws.cn/states/home?region=cn-north-1#/v2/executions/details/%3$s\
            """.formatted(RUN, MACHINE, EXECUTION));
    }

    @ParameterizedTest
    @EnumSource
    void ofRunsThatHaveEndedNobodyIsReminded(Phase phase) {
        var told = new HeldRun(RUN, Control.start(phase, EXECUTION)).reminder(BEGAN.plus(RETENTION), RETENTION, "here");

        assertThat(told.isPresent()).isEqualTo(phase.isUnfinished());
    }

    @Test
    void ofARunThatIsGonePeopleAreToldWhichLocksItLeaves() {
        var told = new LostRun(
                        RUN,
                        List.of(
                                new ObjectKey("locks/111122223333/cn-north-1/Contacts.json"),
                                new ObjectKey("locks/111122223333/cn-north-1/Orders.json")))
                .announcement("objects");

        assertThat(told.subject())
                .isEqualTo("Rekey: run " + RUN + " is missing and its tables stay locked")
                .matches("\\p{ASCII}{1,100}");
        assertThat(told.text()).isEqualTo("""
            The bucket objects holds no runs/%1$s/control.json any more. Rekey cannot determine whether the run ended, so no other run \
            may write to its tables.

            What to do
              If its objects were deleted less than 30 days ago: restore the earlier versions under runs/%1$s/, then resume the run or \
            roll it back.
              Otherwise the run can no longer be rolled back. Check that the tables are as they should be and that no part of \
            the run is still working, then delete its locks:
                aws s3 rm s3://objects/locks/111122223333/cn-north-1/Contacts.json
                aws s3 rm s3://objects/locks/111122223333/cn-north-1/Orders.json

            Run        %1$s\
            """.formatted(RUN));
    }
}
