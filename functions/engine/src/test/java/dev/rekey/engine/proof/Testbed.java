package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Recording.Around;
import dev.rekey.engine.proof.Recording.Moment;
import dev.rekey.engine.proof.Recording.Request;
import dev.rekey.engine.proof.Sweep.Uninterrupted;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The stores on which a sweep runs, and what is tried there. */
interface Testbed {
    /** By which the names of objects differ that are alike. */
    Pattern DIGITS = Pattern.compile("[0-9]+");

    /** {@code site}, which is in memory, at these stores: the calling thread's until it calls this again. */
    Site place(Site site);

    /**
     * What an execution asks for, seen without a recording: a recording that misses some is found out, and keeps the
     * moments around chosen requests only. Empty if neither is needed here.
     *
     * @param counted runs the execution
     */
    default Optional<List<Request>> counted(Supplier<List<Request>> counted) {
        return Optional.of(counted.get());
    }

    /**
     * The numbers of the requests at which an execution shall die.
     *
     * @param requests those that may be tried, by their numbers
     * @param inMemory what they are where the stores are in memory
     */
    SortedSet<Integer> chosen(SortedMap<Integer, Request> requests, SortedMap<Integer, Request> inMemory);

    /**
     * How it shall go on after a moment of an execution.
     *
     * @param number of the moment, from 0
     * @param around where it lies
     * @param all every way in which it can
     */
    List<Consumer<Moment>> ways(Uninterrupted one, int number, List<Around> around, List<Consumer<Moment>> all);

    /** The numbers of the chosen requests that shall be left without an answer. */
    default Collection<Integer> unanswered(Uninterrupted one) {
        return one.chosen();
    }

    /** Whether what follows is known only where stores hold the same to the byte: see {@link Seen}. */
    default boolean toTheByte() {
        return true;
    }

    /** Every request of stores in memory, and every way to go on. */
    static Testbed inMemory() {
        return new InMemory(true, 1);
    }

    /**
     * Every request of stores in memory: the function is retried, and of the other ways to go on, one in turn. Of the reads
     * of a state that are alike, the first is left without an answer.
     *
     * @param every of so many moments, one has another way
     */
    static Testbed inTurn(int every) {
        return new InMemory(false, every);
    }

    record InMemory(boolean inEveryWay, int every) implements Testbed {
        @Override
        public Site place(Site site) {
            return site.copy();
        }

        @Override
        public SortedSet<Integer> chosen(SortedMap<Integer, Request> requests, SortedMap<Integer, Request> inMemory) {
            return new TreeSet<>(requests.keySet());
        }

        @Override
        public List<Consumer<Moment>> ways(
                Uninterrupted one, int number, List<Around> around, List<Consumer<Moment>> all) {
            if (inEveryWay) {
                return all;
            }
            return number % every == 0
                    ? List.of(all.getFirst(), all.get(1 + number / every % (all.size() - 1)))
                    : List.of(all.getFirst());
        }

        @Override
        public Collection<Integer> unanswered(Uninterrupted one) {
            var reads = new HashSet<Request>();
            return one.chosen().stream()
                    .filter(number ->
                            inEveryWay || isNew(one.recording().requests().get(number), reads))
                    .toList();
        }

        @Override
        public boolean toTheByte() {
            return inEveryWay;
        }

        private static boolean isNew(Request request, Set<Request> reads) {
            var call = request.call();
            return Recording.isWrite(call)
                    || reads.add(request.like(DIGITS.matcher(call.on()).replaceAll("0")));
        }
    }
}
