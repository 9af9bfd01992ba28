/** From a commit on one server to its being visible on the others, with PostgreSQL's own replication as the peer. */
@NullMarked
package dev.lockstep.bench.latency;

import org.jspecify.annotations.NullMarked;
