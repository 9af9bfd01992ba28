/** The data folder: RocksDB, and what lies in it. */
@NullMarked
package dev.lockstep.engine.store;

import org.jspecify.annotations.NullMarked;
