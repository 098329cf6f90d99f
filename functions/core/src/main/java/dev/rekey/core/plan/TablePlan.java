package dev.rekey.core.plan;

import dev.rekey.core.item.PhysicalTable;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the plan says of one table.
 *
 * @param name the plan's name for the table
 * @param placement where the records are read, and where the result goes
 * @param identities where identities stand, and how the table's own map
 * @param content which records move, and what else becomes of their content
 * @param conflicts what is done about records that are not ours
 * @param checks what must hold of the records that move
 * @param merge which of the records become others of the table; empty if none do
 */
public record TablePlan(
        TableName name,
        Placement placement,
        Identities identities,
        Content content,
        Conflicts conflicts,
        Checks checks,
        Optional<Merge> merge) {

    /** A table of which nothing is merged. */
    public TablePlan(
            TableName name,
            Placement placement,
            Identities identities,
            Content content,
            Conflicts conflicts,
            Checks checks) {
        this(name, placement, identities, content, conflicts, checks, Optional.empty());
    }

    /**
     * Where the records are read, and where the result goes.
     *
     * @param source the physical table that is read
     * @param target the physical table that is written; in place, the source
     * @param kind which of the records of the physical table belong to the table; empty if all do
     * @param indexes that the physical table which is written shall have, beside those of the source
     * @param file how the source is read, if it is files
     */
    public record Placement(
            PhysicalTable source,
            PhysicalTable target,
            Mode mode,
            Optional<KindOfRecords> kind,
            List<IndexPlan> indexes,
            Optional<FilePlan> file) {
        /** A table that has a physical table of its own, with the source's indexes. */
        public Placement(PhysicalTable source, PhysicalTable target, Mode mode) {
            this(source, target, mode, Optional.empty(), List.of(), Optional.empty());
        }
    }

    /**
     * Where identities stand.
     *
     * @param family the family of the table's own identities
     * @param rule how that family maps
     * @param key role of each key attribute that the plan names; the others have the default: the partition key is
     *     {@link KeyRole.Self}, a sort key {@link KeyRole.Keep}
     * @param references in the order of the plan
     */
    public record Identities(
            FamilyName family, IdentityRule rule, Map<String, KeyRole> key, List<Reference> references) {}

    /**
     * Which records move, and what else becomes of their content.
     *
     * @param set attributes that get a new value
     * @param rename old name to new name, top-level attributes
     * @param drop top-level attributes that are left out
     */
    public record Content(Where where, Map<String, ValueRule> set, Map<String, String> rename, Set<String> drop) {}

    /**
     * What is done about records that are not ours.
     *
     * @param onDrift empty to report
     */
    public record Conflicts(OnConflict onConflict, Optional<OnDrift> onDrift) {}

    public PhysicalTable source() {
        return placement.source();
    }

    public PhysicalTable target() {
        return placement.target();
    }

    public Mode mode() {
        return placement.mode();
    }

    /** Which of the records of the physical table belong to this table; empty if it has a physical table of its own. */
    public Optional<KindOfRecords> kind() {
        return placement.kind();
    }

    /** How the source is read, if it is files. */
    public Optional<FilePlan> file() {
        return placement.file();
    }

    /** What the table that is written is asked for by, beside the indexes of the source. */
    public List<IndexPlan> indexes() {
        return placement.indexes();
    }

    /** The table whose segments, checkpoints and log this table's records are in: that of the whole physical table. */
    public TableName unit() {
        return kind().map(KindOfRecords::from).orElse(name);
    }

    /** Whether this table takes what no other table takes of a physical table that several tables share. */
    public boolean isRest() {
        return kind().map(KindOfRecords::from).filter(name::equals).isPresent();
    }

    /**
     * The part of the table that holds the records which are merged away, if the plan changes these: a table of its own in a
     * run, which comes when all references point to the survivors.
     */
    public Optional<TablePlan> mergedAway() {
        return merge.filter(rules -> isInPlace() && !rules.set().isEmpty()).map(rules -> {
            var selves = new HashMap<String, KeyRole>(key());
            selves.replaceAll((_, role) -> role instanceof KeyRole.Self ? role : new KeyRole.Keep());
            return new TablePlan(
                    name.mergedAway(),
                    // What stands there is what shall change.
                    new Placement(source(), target(), new Mode.InPlace(OnExisting.OVERWRITE)),
                    new Identities(family(), identity(), selves, List.of()),
                    new Content(new Where.Everything(), rules.set(), Map.of(), Set.of()),
                    conflicts,
                    Checks.NONE);
        });
    }

    /**
     * The part of the table that holds the records which are created: copied from the run's folder to where the table's
     * records are written, by the rules of the table.
     */
    public TablePlan created() {
        return new TablePlan(
                name.created(),
                new Placement(source(), isInPlace() ? source() : target(), new Mode.Copy()),
                identities,
                content,
                // A record that has the id by then is used as it is.
                new Conflicts(OnConflict.SKIP, onDrift()),
                checks);
    }

    /**
     * The part of the table that holds the records which are deleted in the target because their source records are gone. They
     * are found by their keys and written by no rule.
     */
    public TablePlan gone() {
        var selves = new HashMap<String, KeyRole>(key());
        selves.replaceAll((_, role) -> role instanceof KeyRole.Self ? role : new KeyRole.Keep());
        return new TablePlan(
                name.gone(),
                new Placement(source(), target(), new Mode.Copy()),
                new Identities(family(), identity(), selves, List.of()),
                new Content(new Where.Everything(), Map.of(), Map.of(), Set.of()),
                conflicts,
                Checks.NONE);
    }

    /** The same table, whose references create nothing. */
    public TablePlan withoutCreates() {
        var found = references().stream().map(Reference::withoutCreates).toList();
        return new TablePlan(
                name, placement, new Identities(family(), identity(), key(), found), content, conflicts, checks, merge);
    }

    /** Whether records are created where references of the table have none to point to. */
    public boolean creates() {
        return references().stream().anyMatch(Reference::createsRecords);
    }

    /** Whether records of the table take values of others. */
    public boolean takes() {
        return set().values().stream().anyMatch(rule -> rule.through().isPresent());
    }

    public boolean isInPlace() {
        return switch (mode()) {
            case Mode.InPlace _ -> true;
            case Mode.Copy _ -> false;
        };
    }

    public FamilyName family() {
        return identities.family();
    }

    public IdentityRule identity() {
        return identities.rule();
    }

    public Map<String, KeyRole> key() {
        return identities.key();
    }

    public List<Reference> references() {
        return identities.references();
    }

    public Where where() {
        return content.where();
    }

    public Map<String, ValueRule> set() {
        return content.set();
    }

    /** The same table without the values that its records take of others. */
    public TablePlan withoutTaken() {
        var own = new LinkedHashMap<>(set());
        own.values().removeIf(rule -> rule.through().isPresent());
        return new TablePlan(
                name,
                placement,
                identities,
                new Content(where(), Collections.unmodifiableMap(own), rename(), drop()),
                conflicts,
                checks,
                merge);
    }

    public Map<String, String> rename() {
        return content.rename();
    }

    public Set<String> drop() {
        return content.drop();
    }

    public OnConflict onConflict() {
        return conflicts.onConflict();
    }

    public Optional<OnDrift> onDrift() {
        return conflicts.onDrift();
    }

    /** Whether a change by others to what the run wrote makes the run fail. */
    public boolean failsOnDrift() {
        return onDrift().filter(OnDrift.FAIL::equals).isPresent();
    }
}
