package dev.rekey.core.mapping;

import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.OldId;
import java.util.ArrayList;
import java.util.List;

/** Notes every reference and changes nothing. */
final class Collecting implements Treatment {
    private final List<ReferenceUse> uses = new ArrayList<>();

    List<ReferenceUse> uses() {
        return uses;
    }

    @Override
    public Change treat(ReferenceRule rule, IdReading reading) {
        if (!rule.own()) {
            switch (reading) {
                case OldId id ->
                    uses.add(new ReferenceUse.Used(
                            rule.path(), rule.family(), rule.derivation().survivor(id), rule.onOrphan()));
                case IdReading.NoId() -> uses.add(new ReferenceUse.Empty(rule.path(), rule.family()));
                case IdReading.Unusable(var reason) -> unusable(rule, Rewriting.WRONG_TYPE, reason);
            }
        }
        return UNCHANGED;
    }

    @Override
    public void nothing(PathTree place) {
        for (var rule : place.rulesBelow()) {
            if (!rule.own()) {
                uses.add(new ReferenceUse.Empty(rule.path(), rule.family()));
            }
        }
    }

    @Override
    public void misfit(PathTree place, String id, String fact) {
        for (var rule : place.rulesBelow()) {
            if (!rule.own()) {
                unusable(rule, id, fact);
            }
        }
    }

    private void unusable(ReferenceRule rule, String id, String fact) {
        uses.add(new ReferenceUse.Unusable(rule.path(), rule.family(), id, "the value " + fact));
    }
}
