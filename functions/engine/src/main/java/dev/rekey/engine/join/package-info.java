/**
 * Joins of identities and keys across tables: partitioned by hash, spilled to S3 by the workers that read the tables,
 * matched partition by partition, so that no lookup per record is needed and no table has to fit into memory.
 */
package dev.rekey.engine.join;
