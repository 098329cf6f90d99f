package dev.rekey.bench;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** When functions were at work. */
final class Spans {
    private final LongSupplier nanos;
    private final ConcurrentLinkedQueue<Span> spans = new ConcurrentLinkedQueue<>();

    /** @param nanos a clock in nanoseconds */
    Spans(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Span(String function, long from, long to) {}

    /** {@code handler}, watched. */
    RequestStreamHandler watched(String function, RequestStreamHandler handler) {
        return (input, output, context) -> {
            long from = nanos.getAsLong();
            try {
                Requests.around(function, handler).handleRequest(input, output, context);
            } finally {
                spans.add(new Span(function, from, nanos.getAsLong()));
            }
        };
    }

    void clear() {
        spans.clear();
    }

    /** How long at least one of these functions was at work. */
    Duration of(Predicate<String> functions) {
        List<Span> sorted = new ArrayList<>(
                spans.stream().filter(span -> functions.test(span.function())).toList());
        sorted.sort(Comparator.comparingLong(Span::from));
        long sum = 0;
        long end = Long.MIN_VALUE;
        for (var span : sorted) {
            if (span.to() > end) {
                sum += span.to() - Math.max(end, span.from());
                end = span.to();
            }
        }
        return Duration.ofNanos(sum);
    }
}
