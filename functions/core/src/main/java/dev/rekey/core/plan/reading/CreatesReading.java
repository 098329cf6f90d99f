package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.Creates;
import dev.rekey.core.plan.Creates.Absent;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import java.util.Optional;

/** Reads what a reference creates: {@code onOrphan: { create: … }} and {@code onAbsent: { create: …, per: … }}. */
final class CreatesReading {
    private static final String CREATE = "create";

    private final PlanName plan;
    private final ValueReading values;

    CreatesReading(PlanName plan, ValueReading values) {
        this.plan = plan;
        this.values = values;
    }

    /** @param path of the reference in the plan */
    Creates creates(Node reference, PlanPath path) {
        if (!(reference instanceof Node.Fields options)) {
            return Creates.NOTHING;
        }
        return new Creates(
                option(options, "onOrphan")
                        .map(orphan -> values.ofCreated(
                                orphan.fields(CREATE), path.to("onOrphan").to(CREATE), false)),
                option(options, "onAbsent").map(absent -> {
                    var per = absent.text("per");
                    return new Absent(
                            plan,
                            per,
                            values.ofCreated(
                                    absent.fields(CREATE), path.to("onAbsent").to(CREATE), per.isPresent()));
                }));
    }

    private static Optional<Node.Fields> option(Node.Fields options, String name) {
        return options.values().get(name) instanceof Node.Fields fields ? Optional.of(fields) : Optional.empty();
    }
}
