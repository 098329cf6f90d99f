package dev.rekey.cli;

import dev.rekey.engine.plan.Side;

/** A side of a migration in words. */
final class Sides {
    private Sides() {}

    static String words(Side side) {
        return side.tables()
                + side.region().map(region -> " in " + region).orElse("")
                + side.roleArn().map(role -> " as " + role).orElse("");
    }
}
