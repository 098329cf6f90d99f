package dev.rekey.core.plan;

/** The name a plan gives itself; typed by whoever confirms a run that writes. */
public record PlanName(String value) {}
