package dev.lockstep.engine.view;

/**
 * What the first sync is about to do to one platform: told before it writes anything.
 *
 * @param creates records to be made
 * @param overwrites records in which another value is replaced
 * @param fills records in which only blanks are filled, or values spelled otherwise
 * @param losses records in which a value would be cleared or a consent withdrawn: guarded
 * @param deletes records that would be deleted: guarded
 */
public record FirstSyncView(String platform, long creates, long overwrites, long fills, long losses, long deletes) {}
