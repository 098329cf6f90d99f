package dev.rekey.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How fast one thing is.
 *
 * @param rates records per second, one for each round
 * @param reference what it is compared with
 * @param target the least ratio that is wanted
 */
record Measurement(String name, List<Double> rates, Optional<String> reference, Optional<Double> target) {
    Measurement {
        rates = List.copyOf(rates);
    }

    /** The median of the rounds. */
    double rate() {
        var sorted = rates.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The median of the ratios of each round. */
    double ratio(Measurement other) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < rates.size(); i++) {
            ratios.add(rates.get(i) / other.rates.get(i));
        }
        return new Measurement(name, ratios, Optional.empty(), Optional.empty()).rate();
    }
}
