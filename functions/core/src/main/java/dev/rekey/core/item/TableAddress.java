package dev.rekey.core.item;

/**
 * Which table it is, whatever its keys and indexes are.
 *
 * @param account that owns the table, 12 digits
 * @param region that holds the table
 */
public record TableAddress(PhysicalTable table, String account, String region) {}
