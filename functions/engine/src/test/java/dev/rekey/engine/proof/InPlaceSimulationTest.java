package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.Phase;
import dev.rekey.engine.verify.Verdict;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Tables that are changed in place while an application writes to them, among everything that can go wrong at once. A seed
 * that fails is told again by {@code -Dseed=…}; {@code -Dseeds=…} tells so many.
 */
final class InPlaceSimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 100);
    private static final Set<Phase> ENDS = EnumSet.of(Phase.MIGRATED, Phase.ROLLED_BACK);
    private static final Set<Verdict> NAMED = EnumSet.of(
            Verdict.LATE,
            Verdict.MOVED,
            Verdict.REVERTED,
            Verdict.GONE,
            Verdict.DRIFTED,
            Verdict.UNMERGED,
            Verdict.MATCH_ENDED,
            Verdict.SURVIVOR_LOST);
    private static final Set<Deed> DEEDS = EnumSet.complementOf(EnumSet.of(Deed.TESTED));
    private static final OptionalLong ONE =
            Long.getLong("seed") == null ? OptionalLong.empty() : OptionalLong.of(Long.getLong("seed"));

    private final KnownSeeds known = new KnownSeeds(InPlaceSimulationTest.class);
    private final String test;

    InPlaceSimulationTest(TestInfo test) {
        this.test = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void noSeedBreaksARule() {
        var ends = new ConcurrentLinkedQueue<Phase>();
        var verdicts = new ConcurrentLinkedQueue<Verdict>();
        var deeds = new ConcurrentLinkedQueue<Deed>();
        var seeds = ONE.isPresent() ? LongStream.of(ONE.getAsLong()) : LongStream.range(0, SEEDS);
        seeds.parallel().forEach(seed -> {
            var told = told(seed);
            ends.addAll(told.ends().values());
            verdicts.addAll(told.verdicts());
            deeds.addAll(told.deeds());
        });
        if (ONE.isEmpty()) {
            known.findAll(ENDS, ends, seed -> told(seed).ends().values());
            known.findAll(DEEDS, deeds, seed -> told(seed).deeds());
            known.findAll(NAMED, verdicts, seed -> told(seed).verdicts());
        }
    }

    private static Story.Told told(long seed) {
        var told = Story.tell(new YardSetting(), seed, Rules.KEPT);
        assertThat(told.broken())
                .as("seed %d, which -Dseed=%d tells again:%n%s", seed, seed, told.trace())
                .isEmpty();
        return told;
    }

    @Test
    void aConditionThatLeavesOutWhatWasReadIsFound() {
        found(BrokenUpdates.readsLeftOut(), "the condition covers what was read or touched");
    }

    @Test
    void anUpdateOfMoreThanThePlanTouchesIsFound() {
        found(BrokenUpdates.untouchedWritten(), "what the plan does not touch is never written");
    }

    @Test
    void aSecondUpdateIsFound() {
        found(BrokenUpdates.updatedTwice(), "a record is changed once");
    }

    @Test
    void aRefusalThatIsTakenForAnUpdateIsFound() {
        found(BrokenUpdates.refusalForgotten(), "an answered condition is heeded");
    }

    @Test
    void anUpdateBeforeItsLogIsFound() {
        found(BrokenRules.undoAfterWrite(), "undo before effect");
    }

    @Test
    void anUpdateBeforeItsSupplementIsFound() {
        found(BrokenLogs.supplementsAfterWrite(), "undo before effect");
    }

    @Test
    void aBeforeImageThatIsNotCarriedOverIsFound() {
        found(BrokenLogs.imagesNotCarried(), "a before-image is carried over");
    }

    @Test
    void aDisclaimerThatIsNotLoggedIsFound() {
        found(BrokenLogs.disclaimersDropped(), "an answered condition is heeded: no supplement says so");
    }

    @Test
    void aDisclaimerThatARollbackIgnoresIsFound() {
        found(BrokenLogs.disclaimersIgnored(), "what is disclaimed is never restored");
    }

    @Test
    void aScopeThatIsForgottenIsFound() {
        found(BrokenOrders.scopeForgotten(), "what is left out is never written");
    }

    @Test
    void aRollbackOfOneTableThatTouchesOthersIsFound() {
        found(BrokenOrders.everyTableUndone(), "one table is taken back");
    }

    @Test
    void aRollbackOfOneTenantThatTouchesOthersIsFound() {
        found(BrokenOrders.everyTenantUndone(), "one tenant is taken back");
    }

    @Test
    void aRollbackOfAPartThatLeavesSomethingIsFound() {
        found(BrokenOrders.nothingUndone(), "a part that is rolled back leaves nothing");
    }

    @Test
    void aMarkBeforeTheReferencesAreChangedIsFound() {
        found(BrokenOrders.markedFirst(), "nothing refers to a record that is marked as merged");
    }

    @Test
    void mergesOfEarlierRunsThatAreForgottenAreFound() {
        found(BrokenMerges.earlierForgotten(), "what an earlier run has merged stays merged");
    }

    @Test
    void aMergedRecordThatIsChangedLikeOthersIsFound() {
        found(BrokenMerges.mergedLikeOthers(), "a merged record is not changed like others");
    }

    @Test
    void aMergeThatFollowsAndIsForgottenIsFound() {
        found(BrokenMerges.matchesForgotten(), "records are merged that match, and no others");
    }

    @Test
    void aTakenValueThatDoesNotCountAsReadIsFound() {
        found(BrokenTaken.notRead(), "a good run does not fail");
    }

    @Test
    void aCreatedRecordForEachPageIsFound() {
        found(BrokenCreated.oneForEachPage(), "clubs are created that are needed, and no others");
    }

    @Test
    void aCreatedRecordThatExistsIsFound() {
        found(BrokenCreated.existingForgotten(), "clubs are created that are needed, and no others");
    }

    @Test
    void aCreatedRecordUnderAnotherIdIsFound() {
        found(BrokenCreated.anotherId(), "named what did not happen: Difference[verdict=MISSING");
    }

    @Test
    void aCreatedRecordThatIsNotTakenBackIsFound() {
        found(BrokenCreated.notTakenBack(), "a run that is rolled back leaves nothing");
    }

    @Test
    void aCreatedRecordThatIsTakenBackThoughOthersReferToItIsFound() {
        found(BrokenCreated.referredForgotten(), "a club that others refer to stays");
    }

    @Test
    void aCreatedRecordThatIsKeptForReferencesFromBeforeIsFound() {
        found(BrokenCreated.beforeForgotten(), "a run that is rolled back leaves nothing");
    }

    @Test
    void aReferenceThatIsRemovedAlthoughItsRecordIsThereIsFound() {
        found(BrokenDecisions.arrivalsNotSeen(), "what the plan does not touch is never written: [tenantId, kinId");
    }

    @Test
    void anArrivalThatIsNotWrittenDownIsFound() {
        found(BrokenDecisions.arrivalsForgotten(), "a good run does not fail");
    }

    @Test
    void anEndedMergeThatIsCarriedOutIsFound() {
        found(BrokenDecisions.endedForgotten(), "what is left out is never written");
    }

    /** The simulation finds a broken rule. */
    private void found(Rules rules, String name) {
        known.find(
                test,
                seed -> Story.tell(new YardSetting(), seed, rules).broken().stream()
                        .anyMatch(rule -> rule.startsWith(name)));
    }
}
