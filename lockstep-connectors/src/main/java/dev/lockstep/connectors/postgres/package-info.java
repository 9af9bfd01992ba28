/**
 * PostgreSQL, two ways: changes come by its own replication stream (pgoutput) or, where that is not to be had, by
 * looking at a column that holds the time of change; writes go out as conditional statements.
 *
 * <p>From the outside in: {@link dev.lockstep.connectors.postgres.PostgresConnector} opens
 * {@link dev.lockstep.connectors.postgres.PostgresPlatform}s; those of one database share a {@code Database} with its
 * slot and {@code ChangeStream}; a {@code Mapping} says which columns carry what.
 */
@NullMarked
package dev.lockstep.connectors.postgres;

import org.jspecify.annotations.NullMarked;
