package dev.rekey.engine.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.engine.forecast.Forecast.Price;
import dev.rekey.engine.forecast.Forecast.PriceList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;

/** Prices of one region on one day, in US dollars, from the file {@code prices.json} beside this class. */
record Prices(
        PriceList list, PerUnit perUnit, PerObject perObject, double perStateTransition, PerFunction perFunction) {
    private static final String FILE = "prices.json";
    private static final double MILLION = 1e6;
    private static final double THOUSAND = 1e3;

    static final Prices LISTED = read();

    /** Of DynamoDB's capacity units. */
    private record PerUnit(double read, double write) {}

    /** Of requests to S3. */
    private record PerObject(double write, double read) {}

    /** Of Lambda functions. */
    private record PerFunction(double invocation, double second) {}

    private static Prices read() {
        try (var file = Prices.class.getResourceAsStream(FILE)) {
            var prices = new ObjectMapper().readTree(file);
            return new Prices(
                    new PriceList(
                            prices.required("region").textValue(),
                            LocalDate.parse(prices.required("pricesOf").textValue())),
                    new PerUnit(
                            number(prices, "perMillionReadUnits") / MILLION,
                            number(prices, "perMillionWriteUnits") / MILLION),
                    new PerObject(
                            number(prices, "perThousandObjectWrites") / THOUSAND,
                            number(prices, "perThousandObjectReads") / THOUSAND),
                    number(prices, "perThousandStateTransitions") / THOUSAND,
                    new PerFunction(
                            number(prices, "perMillionInvocations") / MILLION,
                            number(prices, "perGigabyteSecond") * number(prices, "functionGigabytes")));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }

    private static double number(JsonNode prices, String name) {
        return prices.required(name).doubleValue();
    }

    Price of(double readUnits, double writeUnits, Effort effort) {
        double reads = readUnits * perUnit.read;
        double writes = writeUnits * perUnit.write;
        double objects = effort.objectWrites() * perObject.write + effort.objectReads() * perObject.read;
        double transitions = effort.transitions() * perStateTransition;
        double functions =
                effort.invocations() * perFunction.invocation + effort.functionSeconds() * perFunction.second;
        return new Price(
                list,
                reads,
                writes,
                objects,
                transitions,
                functions,
                reads + writes + objects + transitions + functions);
    }
}
