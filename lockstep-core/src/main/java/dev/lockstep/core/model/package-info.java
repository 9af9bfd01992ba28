/** What travels: observations, writes, receipts, and the workspace as the core sees it. */
@NullMarked
package dev.lockstep.core.model;

import org.jspecify.annotations.NullMarked;
