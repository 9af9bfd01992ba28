package dev.lockstep.engine.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one platform stands. Counts are of living records, creations that are wanted or refused included.
 *
 * @param name as in the workspace
 * @param type the connector's name
 * @param state {@code reading} (its first full read), {@code running}, {@code idle} (no process works on it),
 *     {@code paused}, {@code down} (not reachable, tried again) or {@code retired} (no longer in the workspace)
 * @param records living records known there
 * @param inSync records that hold desired; values taken by another customer's record count as held
 * @param pending records with a write wanted or under way, and records wanted there
 * @param failed records with a refused write, and refused creations
 * @param contested records with a column that keeps changing back
 * @param held records, and creations, that a guard has stopped until a person lets them go
 * @param unparsed records with a column that does not parse
 * @param taken records (or creations) that another customer's record stands in the way of
 * @param unread records not planned yet
 * @param outOfScope records that get no writes
 * @param lagMs how far behind the platform what we know is, in milliseconds; -1 when not known
 * @param read observations taken in since the data folder was made
 * @param written writes applied since then
 * @param expected about how many records the full read under way will show; -1 when none is or it is not known
 * @param error why it is down, one sentence; null when it is not
 * @param remedy what mends that; null when there is nothing to say
 * @param drift what of it fits the workspace no more, and is left alone until it does
 * @param errors how often it failed since this process began
 * @param reconnects how often reading it was begun again since then
 * @param contactMicros when it last answered or showed something; 0 for never in this process
 * @param retainedBytes what it keeps for us until it is read (PostgreSQL: its log); -1 when it does not say
 */
public record PlatformView(
        String name,
        String type,
        String state,
        long records,
        long inSync,
        long pending,
        long failed,
        long contested,
        long held,
        long unparsed,
        long taken,
        long unread,
        long outOfScope,
        long lagMs,
        long read,
        long written,
        long expected,
        @Nullable String error,
        @Nullable String remedy,
        List<DriftView> drift,
        long errors,
        long reconnects,
        long contactMicros,
        long retainedBytes) {}
