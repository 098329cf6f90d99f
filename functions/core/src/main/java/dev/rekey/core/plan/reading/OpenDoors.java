package dev.rekey.core.plan.reading;

import java.util.Map;
import java.util.Set;

/** What plans will be able to say and cannot yet. Its names are reserved, so that nothing has to be renamed then. */
final class OpenDoors {
    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "/$defs/source", Set.of("kind"),
            "/$defs/identity", Set.of("map", "matchBy", "within", "onConflict"),
            "/$defs/defaultIdentity", Set.of("map", "matchBy", "within", "onConflict"));
    private static final Set<String> RULES = Set.of("into");

    static final String HINT = "Remove it; docs/reference/plan.md lists the options of this version.";

    private OpenDoors() {}

    /** Whether an option that the schema does not know is one of those to come. */
    static boolean option(String schemaPointer, String name) {
        return OPTIONS.getOrDefault(schemaPointer, Set.of()).contains(name);
    }

    /** Whether a value that the schema does not know is one of those to come. */
    static boolean value(String schemaPointer, Node node) {
        return schemaPointer.equals("/$defs/rule")
                && node instanceof Node.Text(var value, var _)
                && RULES.contains(value);
    }

    /** Whether a key or a reference is a template such as {@code TENANT#{Tenants}}. */
    static boolean template(String family) {
        return family.contains("{") && family.contains("}");
    }

    static void refuse(Problems problems, PlanPath path, String what) {
        problems.add(ProblemKind.OPTION_NOT_YET, path, fact(what), HINT);
    }

    static String fact(String what) {
        return what + " is reserved for a later version.";
    }
}
