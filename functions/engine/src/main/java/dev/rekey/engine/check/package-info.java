/** What the plan's {@code checks} ask of the data: in one record, among the records of a partition, along all edges. */
package dev.rekey.engine.check;
