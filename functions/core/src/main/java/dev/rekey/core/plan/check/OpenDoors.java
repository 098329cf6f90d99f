package dev.rekey.core.plan.check;

import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import java.util.Map;
import java.util.Set;

/** What plans will be able to say and cannot yet. Its names are reserved, so that nothing has to be renamed then. */
public final class OpenDoors {
    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "/$defs/target", Set.of("files", "format", "separator"),
            "/$defs/identity", Set.of("map", "matchBy", "within", "onConflict"),
            "/$defs/defaultIdentity", Set.of("map", "matchBy", "within", "onConflict"));
    private static final Set<String> RULES = Set.of("into");

    static final String HINT = "Remove it; docs/reference/plan.md lists the options of this version.";

    private OpenDoors() {}

    /** Whether an option that the schema does not know is one of those to come. */
    public static boolean option(String schemaPointer, String name) {
        return OPTIONS.getOrDefault(schemaPointer, Set.of()).contains(name);
    }

    /** Whether a value that the schema does not know is one of those to come. */
    public static boolean value(String schemaPointer, Node node) {
        return schemaPointer.equals("/$defs/rule")
                && node instanceof Node.Text(var value, var _)
                && RULES.contains(value);
    }

    /** Whether a key or a reference is a template such as {@code TENANT#{Tenants}}. */
    public static boolean template(String family) {
        return family.contains("{") && family.contains("}");
    }

    public static void refuse(Problems problems, PlanPath path, String what) {
        problems.add(ProblemKind.OPTION_NOT_YET, path, fact(what), HINT);
    }

    static String fact(String what) {
        return what + " is reserved for a later version.";
    }
}
