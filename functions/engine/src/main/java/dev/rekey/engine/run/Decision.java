package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a ledger's entry says. Holds no contents of records, only keys where a message names one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "started", value = Decision.Started.class),
    @JsonSubTypes.Type(name = "refused", value = Decision.Refused.class),
    @JsonSubTypes.Type(name = "judged", value = Decision.Judged.class),
    @JsonSubTypes.Type(name = "tested", value = Decision.Tested.class),
    @JsonSubTypes.Type(name = "levelMigrated", value = Decision.LevelMigrated.class),
    @JsonSubTypes.Type(name = "levelVerified", value = Decision.LevelVerified.class),
    @JsonSubTypes.Type(name = "failed", value = Decision.Failed.class),
    @JsonSubTypes.Type(name = "stopped", value = Decision.Stopped.class),
    @JsonSubTypes.Type(name = "rollbackStarted", value = Decision.RollbackStarted.class),
    @JsonSubTypes.Type(name = "writersStopped", value = Decision.WritersStopped.class),
    @JsonSubTypes.Type(name = "ended", value = Decision.Ended.class),
    @JsonSubTypes.Type(name = "paused", value = Decision.Paused.class),
    @JsonSubTypes.Type(name = "unpaused", value = Decision.Unpaused.class),
    @JsonSubTypes.Type(name = "limitsChanged", value = Decision.LimitsChanged.class),
    @JsonSubTypes.Type(name = "creatingTables", value = Decision.CreatingTables.class),
    @JsonSubTypes.Type(name = "created", value = Decision.Created.class)
})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public sealed interface Decision {
    /** Tells the decisions of one execution apart: the same execution with the same name decided the same. */
    String name();

    /**
     * An execution began to work on the run.
     *
     * @param action what it was asked to do, {@code resume} and {@code rollback} among others
     * @param execution its ARN, which names account and region
     * @param tables physical names, by the name in the plan
     * @param next where the workflow begins
     * @param epoch of the run from here on
     */
    record Started(
            String action,
            String execution,
            PlanName plan,
            Fingerprint fingerprint,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<TableName, Route> tables,
            String next,
            int epoch)
            implements Decision {
        public Started {
            // Entries of earlier versions name none.
            tables = tables == null ? Map.of() : tables;
        }

        @Override
        public String name() {
            return "started";
        }
    }

    /** Physical names of a table; both are the same where it is changed in place. */
    record Route(PhysicalTable source, PhysicalTable target) {}

    /** An execution was not allowed to work on the run. */
    record Refused(String action, String execution, String cause) implements Decision {
        @Override
        public String name() {
            return "refused";
        }
    }

    /** Whether the plan fits its data. */
    record Judged(Readiness verdict, String message) implements Decision {
        @Override
        public String name() {
            return "judged";
        }
    }

    /** @param outcome {@code passed}, {@code failed} or {@code stopped} */
    record Tested(String outcome, int records, String message) implements Decision {
        @Override
        public String name() {
            return "tested";
        }
    }

    /** Every segment of the level was copied. */
    record LevelMigrated(int level, Map<TableName, Map<Counted, Long>> tables) implements Decision {
        @Override
        public String name() {
            return "level " + level + " migrated";
        }
    }

    /** @param failures how many records and references of the level are not as they should be */
    record LevelVerified(int level, long failures, Map<TableName, Map<Counted, Long>> tables) implements Decision {
        @Override
        public String name() {
            return "level " + level + " verified";
        }
    }

    /**
     * The run could not go on.
     *
     * @param failure stable name of the kind of failure
     */
    record Failed(String failure, Optional<TableName> table, String message) implements Decision {
        @Override
        public String name() {
            return "failed " + failure + table.map(found -> " " + found).orElse("");
        }
    }

    /** Somebody ended the execution from outside. */
    record Stopped(String execution, int epoch) implements Decision {
        @Override
        public String name() {
            return "stopped " + execution;
        }
    }

    /**
     * @param cause empty if the rollback was asked for
     * @param part of the run that is rolled back; empty for the whole run
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record RollbackStarted(int epoch, String cause, Optional<Scope> part) implements Decision {
        @Override
        public String name() {
            return "rollback started";
        }
    }

    /**
     * No worker of an epoch before {@code epoch} can write any more.
     *
     * @param how it is known, as a sentence
     */
    record WritersStopped(int epoch, String how) implements Decision {
        @Override
        public String name() {
            return "writers stopped";
        }
    }

    /**
     * The execution came to its end.
     *
     * @param outcome the word of its report
     * @param error name of the error that it ends with; empty if it succeeds
     * @param counts over all tables; of a rollback, what became of the records
     * @param driftKept records that were kept because somebody else changed them
     */
    record Ended(String outcome, Optional<String> error, String message, Map<Counted, Long> counts, long driftKept)
            implements Decision {
        @Override
        public String name() {
            return "ended " + outcome;
        }
    }

    /** @param since tells one pause of the run from another */
    record Paused(Instant since) implements Decision {
        @Override
        public String name() {
            return "paused " + since;
        }
    }

    /** @param since when the pause began that ends here */
    record Unpaused(Instant since) implements Decision {
        @Override
        public String name() {
            return "unpaused " + since;
        }
    }

    /** @param at when they were changed, which tells one change from another; a limit that is not there is lifted */
    record LimitsChanged(Instant at, Optional<Integer> readUnitsPerSecond, Optional<Integer> writeUnitsPerSecond)
            implements Decision {
        @Override
        public String name() {
            return "limits changed " + at;
        }
    }

    /**
     * A command is about to create what the target lacks. The first entry of a ledger that belongs to no run.
     *
     * @param what every table and index, in words
     */
    record CreatingTables(PlanName plan, Fingerprint fingerprint, List<String> what) implements Decision {
        @Override
        public String name() {
            return "creating tables";
        }
    }

    /**
     * A command has created something.
     *
     * @param what a table, an index or an option of a table that was turned on
     * @param id of a table: tells it from another one of its name
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Created(String what, Optional<String> id) implements Decision {
        @Override
        public String name() {
            return "created " + what;
        }
    }
}
