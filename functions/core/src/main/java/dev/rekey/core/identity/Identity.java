package dev.rekey.core.identity;

import dev.rekey.core.plan.FamilyName;

/** An id of a family. */
public record Identity(FamilyName family, OldId id) {}
