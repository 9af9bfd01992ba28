package dev.lockstep.engine.view;

/** A copy of the data folder: where it is, and its size in bytes. */
public record BackupView(String file, long bytes) {}
