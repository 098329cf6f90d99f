package dev.rekey.engine.join;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the ids of a family look like.
 *
 * @param ids how many there are
 * @param plain how many of them are small numbers, short words or times
 * @param form that they have in common; empty if nobody looked
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record IdForms(long ids, long plain, Optional<String> form) {
    public static final IdForms NONE = new IdForms(0, 0);
    private static final double MOST_PLAIN = 0.1;

    public IdForms {
        // Runs of an earlier release have none.
        form = form == null ? Optional.empty() : form;
    }

    public IdForms(long ids, long plain) {
        this(ids, plain, Optional.empty());
    }

    public IdForms plus(IdForms more) {
        return new IdForms(
                ids + more.ids,
                plain + more.plain,
                Stream.of(form, more.form).flatMap(Optional::stream).reduce(IdForm::common));
    }

    /** Whether it is unlikely that many values are such ids by accident. */
    public boolean areDistinctive() {
        return ids > 0 && plain <= MOST_PLAIN * ids;
    }
}
