package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.engine.forecast.Forecast;
import java.util.List;
import java.util.Optional;

/**
 * The sections of an analysis. Each entry of each section carries {@code sampled} again, so that none can be quoted
 * without it.
 *
 * @param sampled at most so many records of each table were read; empty if every record was
 * @param census of each table, in order of level and name
 * @param references of each declared reference, keys included, in order of table and path
 * @param undeclared ids that stand where the plan declares no reference, strongest evidence first
 * @param forecast of the migration
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Survey(
        Optional<Integer> sampled,
        List<TableStatistics> census,
        List<ReferenceStatistics> references,
        List<Undeclared> undeclared,
        Forecast forecast) {}
