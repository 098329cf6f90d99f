package dev.rekey.examples.promotion;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.datafaker.Faker;

/** A stock of plausible words, drawn once: asking the faker for each record would take most of the time. */
record Words(
        List<String> firstNames,
        List<String> lastNames,
        List<String> streets,
        List<String> cities,
        List<String> states,
        List<String> companies,
        List<String> products,
        List<String> phones,
        List<String> sentences,
        List<String> paragraphs) {
    private static final int STOCK = 200;

    static Words of(long seed) {
        var faker = new Faker(Locale.US, new Random(seed));
        return new Words(
                stock(() -> faker.name().firstName()),
                stock(() -> faker.name().lastName()),
                stock(() -> faker.address().streetAddress()),
                stock(() -> faker.address().city()),
                stock(() -> faker.address().stateAbbr()),
                stock(() -> faker.company().name()),
                stock(() -> faker.commerce().productName()),
                stock(() -> faker.phoneNumber().cellPhone()),
                stock(() -> faker.lorem().sentence(8)),
                stock(() -> faker.lorem().paragraph(3)));
    }

    private static List<String> stock(Supplier<String> word) {
        return Stream.generate(word).limit(STOCK).toList();
    }
}
