package dev.rekey.core.plan;

/** The name of a plan; the user types it to confirm a run that writes. */
public record PlanName(String value) {}
