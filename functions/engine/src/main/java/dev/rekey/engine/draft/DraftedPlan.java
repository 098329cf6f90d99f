package dev.rekey.engine.draft;

/**
 * A plan for people to complete.
 *
 * @param text YAML
 * @param tables how many tables it names
 * @param records that were read
 * @param references that it holds, those of keys too
 * @param doubtful attributes that may be references and are commented out
 * @param composite attributes of keys whose values hold ids and more, about which the plan must decide
 * @param decisions places of the text that say what is to be decided
 */
public record DraftedPlan(
        String text, int tables, long records, long references, long doubtful, long composite, long decisions) {}
