package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.item;
import static dev.rekey.engine.proof.Items.text;

import dev.rekey.core.item.Key;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.verify.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Members of clubs, and the clubs that a plan creates: for members of a club that nobody has, for those of no club, one for
 * each tenant, and as the head of a club. Found in the tables by plain rules, without the engine.
 */
final class Clubs {
    /** Only what a run has created says why. */
    static final String WHY = "why";

    private static final int MEMBERS = 5;
    private static final String HEAD = "h0";

    private final Map<String, Map<String, AttributeValue>> clubs = new TreeMap<>();
    private final Map<Spot, Map<String, AttributeValue>> members = new LinkedHashMap<>();

    /**
     * Where clubs are read and where they are written.
     *
     * @param source of the clubs
     * @param target the same table, if clubs are changed in place
     * @param members tables whose records refer to clubs, with where they are written
     */
    record Sides(String source, String target, Map<String, String> members) {
        /** What runs have written, as if it were to be read. */
        Sides written() {
            return new Sides(
                    target, target, members.values().stream().collect(Collectors.toMap(one -> one, one -> one)));
        }

        /** Whether runs write to a table whose records refer to clubs. */
        boolean refer(Spot from) {
            return from.table().equals(target) || members.containsValue(from.table());
        }
    }

    /** @param sides says which tables are looked at: those that are read */
    Clubs(Sides sides, Map<Spot, Map<String, AttributeValue>> there) {
        there.forEach((at, record) -> {
            if (at.table().equals(sides.source())) {
                clubs.put(record.get("id").s(), record);
            } else if (sides.members().containsKey(at.table())) {
                members.put(at, record);
            }
        });
    }

    /** What is there in the beginning. */
    static Map<Spot, Map<String, AttributeValue>> records(String side) {
        var records = new HashMap<Spot, Map<String, AttributeValue>>();
        Stream.of(club(0, "h1"), club(1, "h0"))
                .forEach(club -> records.put(spot(side + "Clubs", club.get("id").s()), club));
        for (int i = 0; i < MEMBERS; i++) {
            var club = i < 2 ? Optional.of("k" + 7 * (1 - i)) : Optional.<String>empty();
            var member = member(i, "t" + i % 2, club);
            records.put(new Spot(side + "Members", new Key(Map.of("id", member.get("id")))), member);
        }
        return records;
    }

    static Map<String, AttributeValue> club(int number, String head) {
        return item("id", text("k" + number), "headId", text(head), "v", text("first"));
    }

    static Map<String, AttributeValue> member(int number, String tenant, Optional<String> club) {
        var member = item("id", text("m" + number), "tenantId", text(tenant), "v", text("first"));
        club.ifPresent(id -> member.put("clubId", text(id)));
        return member;
    }

    static Spot spot(String table, String club) {
        return new Spot(table, new Key(Map.of("id", text(club))));
    }

    /** The club that a record refers to. */
    static Optional<String> clubOf(Map<String, AttributeValue> record) {
        return Optional.ofNullable(record.getOrDefault("clubId", record.get("headId")))
                .map(AttributeValue::s)
                .filter(id -> !id.isEmpty());
    }

    /**
     * Whether a run that was rolled back has left a club because others refer to it, and has said so.
     *
     * @param there what stood where after the rollback
     */
    static boolean isKept(Spot at, Map<Spot, Map<String, AttributeValue>> there, List<String> drift) {
        boolean isReferred = there.entrySet().stream()
                .filter(from -> !from.getKey().equals(at))
                .flatMap(from -> clubOf(from.getValue()).stream())
                .anyMatch(club -> at.equals(spot(at.table(), club)));
        return isReferred && drift.contains(CreatedWatch.driftLine(at));
    }

    /**
     * The clubs that have to be created, as the source would hold them; without an id if no record names one.
     *
     * @param former for which tenant runs have created clubs, by id: that is the id that they get again
     */
    List<String> needed(Map<String, String> former) {
        var ofTenants = members.values().stream()
                .filter(member -> clubOf(member).isEmpty())
                .map(Clubs::ofTenant)
                .filter(why -> clubs.entrySet().stream()
                        .noneMatch(club -> why.equals(former.get(club.getKey()))
                                || text(why).equals(club.getValue().get(WHY))))
                .collect(Collectors.toSet());
        var needed = new HashSet<Map<String, AttributeValue>>();
        ofTenants.forEach(why -> needed.add(item(WHY, text(why))));
        Stream.concat(members.values().stream(), clubs.values().stream())
                .forEach(record -> clubOf(record)
                        .filter(id -> !clubs.containsKey(id) && !ofTenants.contains(former.getOrDefault(id, "")))
                        .ifPresent(id -> needed.add(created(id, record.containsKey("clubId")))));
        boolean needsHead = needed.stream().anyMatch(club -> club.containsKey("headId"));
        if (needsHead && !clubs.containsKey(HEAD)) {
            needed.add(created(HEAD, false));
        }
        return texts(needed.stream());
    }

    /** Whether a member stands there, and no club that it names, or that was created for its tenant. */
    boolean lacksClubOf(Spot at) {
        return Optional.ofNullable(members.get(at))
                .filter(member -> clubOf(member)
                        .map(id -> !clubs.containsKey(id))
                        .orElseGet(() -> clubs.values().stream()
                                .noneMatch(club -> text(ofTenant(member)).equals(club.get(WHY)))))
                .isPresent();
    }

    /** Ids that records name, or created clubs will, and that no club has. */
    Set<String> missing() {
        var named = Stream.concat(members.values().stream(), clubs.values().stream())
                .flatMap(record -> clubOf(record).stream());
        return Stream.concat(named, Stream.of(HEAD))
                .filter(id -> !clubs.containsKey(id))
                .collect(Collectors.toSet());
    }

    /** What is created for a reference to a club that is not there. */
    private static Map<String, AttributeValue> created(String id, boolean byMember) {
        return byMember
                ? item("id", text(id), WHY, text("orphan"), "headId", text(HEAD))
                : item("id", text(id), WHY, text("head"));
    }

    private static String ofTenant(Map<String, AttributeValue> member) {
        return "of " + member.get("tenantId").s();
    }

    /** Clubs as {@link #needed} gives them. */
    static List<String> texts(Stream<Map<String, AttributeValue>> clubs) {
        return clubs.map(club -> {
                    var known = new TreeMap<>(club);
                    known.computeIfPresent("id", (_, id) -> isNamed(id.s()) ? id : null);
                    known.keySet().retainAll(Set.of("id", "headId", WHY));
                    return known.toString();
                })
                .sorted()
                .toList();
    }

    /** Whether applications give such ids; runs make others. */
    private static boolean isNamed(String id) {
        return id.matches("[kh]\\d+");
    }

    /**
     * What is wrong after a run while nobody else wrote: every reference leads to a club, which is the one that the plan says.
     *
     * @param after what stands where the run has written
     * @param member where the run writes a member
     * @param newId what the run makes of the id of a club
     * @param theirs whether others have written what stands there
     */
    List<String> faults(Clubs after, UnaryOperator<Spot> member, UnaryOperator<String> newId, Predicate<Spot> theirs) {
        var faults = new ArrayList<String>();
        members.forEach((at, record) -> {
            var written = member.apply(at);
            if (!theirs.test(written)) {
                after.fault(record, Optional.ofNullable(after.members.get(written)), newId, clubs)
                        .ifPresent(fault -> faults.add("the club of " + at + " " + fault));
            }
        });
        after.clubs.values().stream()
                .map(club -> club.get(WHY))
                .filter(Objects::nonNull)
                .filter(why -> why.s().startsWith("of "))
                .collect(Collectors.groupingBy(why -> why, Collectors.counting()))
                .forEach((why, count) -> {
                    if (count > 1) {
                        faults.add("there are %d clubs %s".formatted(count, why.s()));
                    }
                });
        return faults;
    }

    private Optional<String> fault(
            Map<String, AttributeValue> source,
            Optional<Map<String, AttributeValue>> written,
            UnaryOperator<String> newId,
            Map<String, Map<String, AttributeValue>> before) {
        if (written.isEmpty()) {
            return Optional.of("is unknown: the member is not there");
        }
        var found = clubOf(written.get());
        var wanted = clubOf(source);
        var club = found.map(clubs::get);
        if (club.isEmpty()) {
            return Optional.of("does not exist: " + found);
        }
        if (wanted.isPresent() && !wanted.map(newId).equals(found)) {
            return Optional.of("is " + found + " instead of that of " + wanted);
        }
        var why = wanted.isEmpty() ? ofTenant(source) : "orphan";
        // What held an id that a run had made, may have been deleted.
        boolean isCreated =
                wanted.map(id -> isNamed(id) && !before.containsKey(id)).orElse(true);
        return isCreated && !text(why).equals(club.get().get(WHY))
                ? Optional.of("is " + club.get() + " and not one " + why)
                : Optional.empty();
    }

    /** Ids of all clubs. */
    Set<String> clubs() {
        return clubs.keySet();
    }

    /** Ids of those that were created. */
    Set<String> created() {
        return clubs.entrySet().stream()
                .filter(club -> club.getValue().containsKey(WHY))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Whether a record does not fit because of a reference to a club. */
    static boolean needsAClub(Difference named) {
        return named.attributes().stream().anyMatch(List.of("clubId", "headId")::contains);
    }
}
