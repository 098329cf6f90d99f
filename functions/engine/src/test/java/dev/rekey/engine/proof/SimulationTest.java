package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.Phase;
import dev.rekey.engine.verify.Verdict;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Whole migrations among everything that can go wrong at once. A seed that fails is printed with what happened, and
 * fails again: {@code -Dseed=…} tells one story, {@code -Dseeds=…} so many.
 */
final class SimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 150);
    private static final Set<Phase> ENDS = EnumSet.of(Phase.MIGRATED, Phase.ROLLED_BACK, Phase.REFUSED);
    private static final Set<Verdict> NAMED = EnumSet.of(
            Verdict.LATE,
            Verdict.MOVED,
            Verdict.GONE,
            Verdict.LATE_REFERENCE,
            Verdict.GONE_REFERENCE,
            Verdict.DRIFTED,
            Verdict.MISSING,
            Verdict.ALTERED,
            Verdict.UNEXPECTED,
            Verdict.UNMERGED,
            Verdict.MATCH_ENDED,
            Verdict.SURVIVOR_LOST);
    private static final Set<Deed> DEEDS = EnumSet.complementOf(EnumSet.of(Deed.SCOPED, Deed.ONE_TENANT));
    private static final OptionalLong ONE =
            Long.getLong("seed") == null ? OptionalLong.empty() : OptionalLong.of(Long.getLong("seed"));

    private final KnownSeeds known = new KnownSeeds(SimulationTest.class);
    private final String test;

    SimulationTest(TestInfo test) {
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
        var told = Story.tell(new WardSetting(), seed, Rules.KEPT);
        assertThat(told.broken())
                .as("seed %d, which -Dseed=%d tells again:%n%s", seed, seed, told.trace())
                .isEmpty();
        return told;
    }

    @Test
    void aSeedAlwaysTellsTheSameStory() {
        for (long seed = 0; seed < 10; seed++) {
            assertThat(Story.tell(new WardSetting(), seed, Rules.KEPT).hash())
                    .as("seed %d", seed)
                    .isEqualTo(Story.tell(new WardSetting(), seed, Rules.KEPT).hash());
        }
    }

    @Test
    void undoAfterWriteIsFound() {
        found(BrokenRules.undoAfterWrite(), "undo before effect");
    }

    @Test
    void checkpointBeforeWriteIsFound() {
        found(BrokenRules.checkpointBeforeWrite(), "checkpoint after effect");
    }

    @Test
    void aMissingLookAtTheEpochIsFound() {
        found(BrokenRules.noEpochCheck(), "nothing is written after rollback begins");
    }

    @Test
    void anAnswerThatIsNotHeededIsFound() {
        found(BrokenRules.identicalTakenForOurs(), "an answered condition is heeded");
    }

    @Test
    void anIgnoredDigestIsFound() {
        found(BrokenRules.digestIgnored(), "a stranger's record is lost");
    }

    @Test
    void aForgottenPauseIsFound() {
        found(BrokenOrders.pauseForgotten(), "a paused run rests");
    }

    @Test
    void aTaskThatNobodyWakesIsFound() {
        found(BrokenOrders.nobodyWoken(), "nobody is left waiting");
    }

    @Test
    void aRollbackOfOneTableThatTouchesOthersIsFound() {
        found(BrokenOrders.everyTableUndone(), "one table is taken back");
    }

    @Test
    void aTestThatLeavesItsRecordsIsFound() {
        found(BrokenOrders.testForgotten(), "a run that is rolled back leaves nothing");
    }

    @Test
    void aLostRecordIsFound() {
        found(BrokenVerdicts.lostRecords(), "named what did not happen: Difference[verdict=MISSING");
    }

    @Test
    void aLostRecordThatIsCalledLateIsFound() {
        found(BrokenVerdicts.lostRecordsAreLate(), "named what did not happen: Difference[verdict=LATE");
    }

    @Test
    void aConditionThatIsIgnoredIsFound() {
        found(BrokenRules.conditionIgnored(), "a stranger's record is lost");
    }

    @Test
    void anAnalyzedRecordThatPassesAsLateIsFound() {
        found(BrokenVerdicts.analyzedIsLate(), "named what did not happen: Difference[verdict=LATE");
    }

    @Test
    void aRecordThatIsLeftOutThoughItsPlaceIsFreeIsFound() {
        found(BrokenVerdicts.freePlacesAreTaken(), "named what did not happen: Difference[verdict=LATE");
    }

    @Test
    void aFailureThatPassesAsDriftIsFound() {
        found(BrokenVerdicts.alteredIsDrift(), "a stranger's write is misjudged");
    }

    @Test
    void anAnalysisThatListsNothingAsReadIsFound() {
        found(BrokenVerdicts.nothingIsRead(), "named what did not happen: Difference[verdict=LATE");
    }

    @Test
    void aVerificationThatDoesNotNameOthersWorkIsFound() {
        found(BrokenVerdicts.othersAreNotNamed(), "not named");
    }

    @Test
    void mergesOfEarlierRunsThatAreForgottenAreFound() {
        found(BrokenMerges.earlierForgotten(), "what an earlier run has merged stays merged");
    }

    @Test
    void aMergedRecordThatIsCopiedLikeOthersIsFound() {
        found(BrokenMerges.mergedLikeOthers(), "a merged record is not copied");
    }

    @Test
    void aMergeThatFollowsAndIsForgottenIsFound() {
        found(BrokenMerges.matchesForgotten(), "records are merged that match, and no others");
    }

    @Test
    void aTakenValueThatDoesNotCountAsReadIsFound() {
        found(BrokenTaken.notRead(), "named what did not happen: Difference[verdict=ALTERED");
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
    void recordsThatAreLookedForInTheTargetOnlyAreFound() {
        found(BrokenExistence.targetOnly(), "what is there is no orphan");
    }

    @Test
    void recordsThatAreLookedForBeforeTheEndOfTheScanAreFound() {
        found(BrokenExistence::askedTooEarly, "what is there is no orphan");
    }

    @Test
    void aLateChildThatRefusesTheRunIsFound() {
        found(BrokenExistence.lateChildRefuses(), "what needs a created record too late refuses no run");
    }

    /** The simulation finds a broken rule. */
    private void found(Rules rules, String name) {
        found(() -> rules, name);
    }

    /** @param rules made for each story: they remember what they have seen in it */
    private void found(Supplier<Rules> rules, String name) {
        known.find(
                test,
                seed -> Story.tell(new WardSetting(), seed, rules.get()).broken().stream()
                        .anyMatch(rule -> rule.startsWith(name)));
    }
}
